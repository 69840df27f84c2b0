"""A batch of coded events made ready for the table: typed, dictionary-encoded, and sorted so that dyads are found."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detente.model.errors import RecordError
from detente.record.columns import DAY, TEXT, WHOLE

CODED = {
    **{"dataset": TEXT, "source": TEXT, "target": TEXT, "day": DAY, "known": DAY, "scheme": TEXT, "code": TEXT},
    **{"type": TEXT, "quad": TEXT, "goldstein": pa.float32(), "place": TEXT, "source_name": TEXT},
    **{"target_name": TEXT, "line": WHOLE},
}
"""Columns of an Arrow table of coded events, as in ``CodedEvent``."""

NEEDED = ("dataset", "source", "target", "day", "scheme", "code")
"""Columns that must be there and hold a value in every row; of the others any may be missing."""


def shaped(rows: pa.Table) -> pa.Table:
    """Return the rows with exactly the columns of ``CODED``, text dictionary-encoded, and "" as NULL.

    Raises:
        RecordError: A needed column is missing or has no value somewhere; the message says where.
    """
    if missing := [name for name in NEEDED if name not in rows.column_names]:
        raise RecordError(f"coded events lack the columns {', '.join(missing)}; needed: {', '.join(NEEDED)}")
    if unknown := [name for name in rows.column_names if name not in CODED]:
        raise RecordError(f"coded events have no columns {', '.join(unknown)}; allowed: {', '.join(CODED)}")
    columns = {name: _column(rows, name, kind) for name, kind in CODED.items()}
    for name in NEEDED:
        if columns[name].null_count:
            first = pc.index(pc.is_null(columns[name]), True).as_py()
            raise RecordError(f"coded events need a {name} in every row; row {first} of the batch (from 0) has none")
    return pa.table(columns)


def by_dyad(batch: pa.Table) -> npt.NDArray[np.int64]:
    """Return the row numbers of a shaped batch in the order of source, target, day and row."""
    source, target = _ranks(batch.column("source")), _ranks(batch.column("target"))
    day = batch.column("day").combine_chunks().cast(pa.int32()).to_numpy().astype(np.int64)
    day -= day.min()
    key = (source * (target.max() + 1) + target) * (day.max() + 1) + day
    return np.argsort(key, kind="stable")


def _column(rows: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, pa.dictionary(pa.int32(), kind) if kind == TEXT else kind)
    column = rows.column(name)
    if kind != TEXT:
        return column.cast(kind).combine_chunks()
    if not pa.types.is_dictionary(column.type):
        column = column.cast(TEXT).dictionary_encode()
    encoded = column.unify_dictionaries().combine_chunks()
    if "" in encoded.dictionary.to_pylist():
        plain = encoded.cast(TEXT)
        encoded = pc.if_else(pc.equal(plain, ""), pa.scalar(None, TEXT), plain).dictionary_encode()
    return encoded


def _ranks(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Return for each value its rank among the distinct values in the order of text."""
    encoded = column.combine_chunks()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ranks: npt.NDArray[np.int64] = rank[encoded.indices.to_numpy()]
    return ranks
