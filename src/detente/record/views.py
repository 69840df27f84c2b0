"""The views and macros over the tables: corrections applied, acts of all origins, both times side by side."""

from hashlib import blake2b
from importlib.resources import files

import duckdb

from detente.model.codes import EventType


def script(name: str) -> str:
    """Return the text of one of the SQL files of this room."""
    return files("detente.record").joinpath("sql", name).read_text(encoding="utf-8")


def definition() -> str:
    """Return the SQL that makes all views; it can run again on a record that has them."""
    cases = " ".join(f"WHEN '{kind.value}' THEN '{kind.quad.value}'" for kind in EventType)
    return f"CREATE OR REPLACE MACRO quad_of(t) AS CASE t {cases} END;\n" + script("views.sql")


def fingerprint() -> str:
    """Return a hash of the definition, by which a record knows whether its views are those of this version."""
    return blake2b(definition().encode(), digest_size=8).hexdigest()


def install(connection: duckdb.DuckDBPyConnection) -> None:
    """Make or replace all views."""
    connection.execute(definition())
