"""Records of hand-made claims."""

from collections.abc import Callable, Iterator

import pytest
from said_claims import Said, entry  # type: ignore[import-not-found]

from detente.model.run import Counts
from detente.record import Record


@pytest.fixture
def record_of(tmp_path) -> Iterator[Callable[..., Record]]:
    """Return a function that writes the claims it is given into a new record."""
    opened: list[Record] = []

    def make(*claims: Said) -> Record:
        store = Record.open(tmp_path / f"{len(opened)}.duckdb")
        opened.append(store)
        run = store.begin_run("read", "hand", "1", "{}")
        store.write(run, [entry(said, number) for number, said in enumerate(claims)], [])
        store.end_run(run, Counts(read=len(claims)), (), False)
        return store

    yield make
    for store in opened:
        store.close()
