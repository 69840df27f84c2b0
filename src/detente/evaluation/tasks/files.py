"""Files of benchmark tasks: JSON lines and tables in, JSON lines out."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from detente.model.errors import InputRefusedError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaskResult:
    """Predictions of a task, one JSON object a row in the order of the input, and figures where the file has gold."""

    lines: tuple[Json, ...]
    figures: dict[str, float]

    def write(self, path: Path) -> None:
        """Write the predictions as JSON lines."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
        path.write_text(text, encoding="utf-8")


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def json_lines(path: Path, *keys: str) -> Iterator[Json]:
    """Yield the objects of a JSON-lines file, ``.gz`` or plain; refuse a line that lacks one of ``keys``."""
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except ValueError as error:
                raise InputRefusedError(f"{path}:{number}", f"not JSON ({error})", "one JSON object a line") from error
            _check(item, keys, f"{path}:{number}")
            yield item


def table_rows(path: Path, *keys: str) -> Iterator[Json]:
    """Yield the rows of a ``.tsv`` or ``.csv`` with a header; refuse a file that lacks one of the columns."""
    tabs = ".tsv" in path.suffixes
    with _open(path) as lines:
        rows = csv.DictReader(
            lines, delimiter="\t" if tabs else ",", quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
        )
        _check(dict.fromkeys(rows.fieldnames or ()), keys, str(path))
        yield from rows


def _check(item: Json, keys: Iterable[str], where: str) -> None:
    missing = [key for key in keys if not isinstance(item, dict) or key not in item]
    if missing:
        raise InputRefusedError(where, f"lacks {', '.join(missing)}", f"needs {', '.join(keys)}")


def f1(matched: int, predicted: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall; 0 when there is nothing on either side."""
    return 2 * matched / (predicted + gold) if predicted + gold else 0.0
