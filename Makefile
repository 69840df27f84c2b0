# Two commands do it all on a fresh machine with Python 3.11+ and git: `make demo` and `make test`.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin
SOURCES := src tests bench training

.PHONY: demo test lint types imports tests bench clean environment

environment: .venv/.ready

.venv/.ready: uv.lock pyproject.toml | $(UV)
	$(UV) sync --frozen --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@touch $@

.uv/bin/uv: tools/uv-requirements.txt
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r $<

demo: environment
	@mkdir -p build && rm -f build/demo.duckdb
	$(RUN)/detente read tests/corpus/dispatches.jsonl tests/corpus/copies.jsonl --record build/demo.duckdb
	$(RUN)/detente brief JPN RUS --as-of 2026-02-28 --format html --out brief-JPN-RUS.html --record build/demo.duckdb

test: lint types imports tests

lint: environment
	$(RUN)/ruff check $(SOURCES)
	$(RUN)/ruff format --check $(SOURCES)

types: environment
	$(RUN)/mypy

imports: environment
	$(RUN)/lint-imports

tests: environment
	$(RUN)/pytest

bench: environment
	$(UV) sync --frozen --all-groups
	$(RUN)/python -m bench

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
