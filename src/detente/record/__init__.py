"""The DuckDB record: writing, views, migrations, as-of, corrections, exports."""
