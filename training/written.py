"""Dispatches written for training, in plain text with their readings marked inline; read, checked, given as gold.

python training/written.py training/written/*_*.txt          # check and count
python training/written.py --json OUT.jsonl FILE…            # as gold dispatches

    === id | published | publisher | title
    Text with {1:triggers}, {a.src:sources} {a.cue:said} {a.con:contents}, {r1:evidence}, {c1.cause:causes}.
    ---
    1 SANCTION CHN>JPN 2026-03-02 fact a      (CHN+JPN: mutual; 1b: a second event on the trigger of 1)
    a JPN assert <b                           (<b: parts not marked come from b)
    r1 CHN-JPN worse fact - -                 c1 -
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.model.codes import Direction, EventType, Factuality, Stance
from detente.model.document import Document
from detente.reading.page import Parser

Json = dict[str, Any]
_OPEN = re.compile(r"\{([0-9a-z]+(?:\.(?:src|cue|con|cause|effect|sig))?):")
_ACTOR = re.compile(r"[A-Z][A-Z0-9]{2}")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_QUOTES = '"“”'


@dataclass(slots=True)
class Marked:
    """One marked dispatch: its header, its bare text, where each mark stands, and its rows."""

    id: str
    published: str
    publisher: str
    title: str
    text: str
    marks: dict[str, tuple[int, int]]
    rows: list[tuple[int, list[str]]]
    line: int
    errors: list[str] = field(default_factory=list)


def split(path: Path) -> Iterator[Marked]:
    """Yield the marked dispatches of a file."""
    block: list[str] = []
    start = 1
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "=== end"], 1):
        if line.startswith("=== "):
            if block:
                yield parse(block, start)
            block, start = [], number
        if block or line.startswith("=== "):
            block.append(line.rstrip())


def parse(block: list[str], line: int) -> Marked:
    """Return the dispatch of a block of lines; what is wrong with it stands in ``errors``."""
    head = [p.strip() for p in block[0][4:].split("|", 3)]
    cut = block.index("---") if "---" in block else len(block)
    text, marks, errors = unmark("\n".join(block[1:cut]).strip())
    rows = [(line + cut + n, row.split()) for n, row in enumerate(block[cut:]) if n and row.strip()]
    head += [""] * (4 - len(head))
    out = Marked(head[0], head[1], head[2], head[3], text, marks, rows, line)
    out.errors += [f"line {line}: {e}" for e in errors]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", head[1]):
        out.errors.append(f"line {line}: published must be YYYY-MM-DD, not {head[1]!r}")
    return out


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]], list[str]]:
    """Return bare text, spans of the marks, and errors."""
    text, opened, marks, errors = [], [], {}, []
    length = at = 0
    while at < len(marked):
        found = _OPEN.match(marked, at)
        if found:
            opened.append((found.group(1), length))
            at = found.end()
        elif marked[at] == "}":
            if not opened:
                errors.append(f"unopened }} before {marked[at : at + 30]!r}")
            else:
                name, start = opened.pop()
                if name in marks:
                    errors.append(f"mark {name} twice")
                marks[name] = (start, length)
            at += 1
        else:
            if marked[at] == "{":
                errors.append(f"unknown mark {marked[at : at + 20]!r}")
            text.append(marked[at])
            length += 1
            at += 1
    errors += [f"mark {name} is never closed" for name, _ in opened]
    return "".join(text), marks, errors


class Reading:
    """The readings of one marked dispatch in the gold format, with ``at`` offsets beside every quoted string."""

    def __init__(self, marked: Marked, parser: Parser) -> None:
        self.marked = marked
        document = Document(id=marked.id, title=marked.title, text=marked.text)
        self.sentences = [s.span for s in parser.parse(document).sentences]
        self.gold: Json = {
            "id": marked.id,
            "published": marked.published,
            "publisher": marked.publisher,
            "title": marked.title,
            "text": marked.text,
            "events": [],
            "statements": [],
            "relations": [],
            "causes": [],
        }
        self.used: set[str] = set()
        for line, row in marked.rows:
            try:
                self.add(row)
            except (ValueError, KeyError, IndexError) as error:
                marked.errors.append(f"line {line}: {' '.join(row)}: {error}")
        self.check()

    def add(self, row: list[str]) -> None:
        """Add one row."""
        name = row[0]
        if re.fullmatch(r"\d+[a-z]?", name):
            self.event(row)
        elif re.fullmatch(r"r\d+", name):
            self.relation(row)
        elif re.fullmatch(r"c\d+", name) and f"{name}.cause" in self.marked.marks:
            self.cause(row)
        else:
            self.statement(row)

    def span(self, name: str) -> tuple[int, int]:
        """Return where a mark stands."""
        if name not in self.marked.marks:
            raise ValueError(f"no mark {name} in the text")
        self.used.add(name)
        start, end = self.marked.marks[name]
        if not self.marked.text[start:end].strip():
            raise ValueError(f"mark {name} is empty")
        return start, end

    def sentence(self, start: int, end: int) -> str:
        """Return the sentences that a span lies in, joined as in the text."""
        inside = [s for s in self.sentences if s.start < end and start < s.end]
        if not inside:
            raise ValueError("lies in no sentence")
        return self.marked.text[inside[0].start : inside[-1].end]

    def event(self, row: list[str]) -> None:
        """Add an event row."""
        name, kind, parties, date, fact, statement = row
        mutual = "+" in parties
        sides = [parties] * 2 if mutual else parties.split(">")
        source, target = (sorted(set(re.split(r"[,+]", side))) for side in sides)
        for code in {*source, *target}:
            if not _ACTOR.fullmatch(code):
                raise ValueError(f"{code!r} is no actor code")
        if not mutual and source == target:
            raise ValueError("source and target are the same and not mutual")
        at = self.span(name if name in self.marked.marks else name.rstrip("abcdefgh"))
        self.gold["events"].append({
            "id": f"e{name}", "trigger": self.marked.text[slice(*at)], "at": at, "sentence": self.sentence(*at),
            "type": EventType(kind).value, "source": source, "target": target, "date": self.date(date),
            "factuality": Factuality(fact).value, "statement": self.said(statement),
        })  # fmt: skip

    def date(self, text: str) -> str | None:
        """Return a date, None for ``-``."""
        if text != "-" and not _DATE.fullmatch(text):
            raise ValueError(f"{text!r} is no date")
        return None if text == "-" else text

    def said(self, name: str) -> str | None:
        """Return the statement that a reading stands in."""
        if (
            name != "-"
            and f"{name}.con" not in self.marked.marks
            and not any(r[0] == name for _, r in self.marked.rows)
        ):
            raise ValueError(f"no statement {name}")
        return None if name == "-" else name

    def statement(self, row: list[str]) -> None:
        """Add a statement row; parts that it does not mark come from the statement named after ``<``."""
        name, speaker, stance = row[:3]
        if not _ACTOR.fullmatch(speaker):
            raise ValueError(f"{speaker!r} is no actor code")
        other = row[3].removeprefix("<") if len(row) > 3 else ""
        item: Json = {"id": name, "speaker": speaker, "stance": Stance(stance).value, "at": {}}
        for part, key in (("src", "source"), ("cue", "cue"), ("con", "content")):
            mark, seen = f"{name}.{part}", set()
            while mark not in self.marked.marks and other and other not in seen:
                seen.add(other)
                mark = f"{other}.{part}"
                if mark not in self.marked.marks:
                    other = next(
                        (r[3].removeprefix("<") for _, r in self.marked.rows if r[0] == other and len(r) > 3), ""
                    )
            if mark not in self.marked.marks and part in ("src", "cue") and not other:
                raise ValueError(f"no {part} marked")
            item["at"][key] = at = self.span(mark)
            item[key] = self.marked.text[slice(*at)]
        first = min(item["at"][k][0] for k in ("cue", "content"))
        last = max(item["at"][k][1] for k in ("cue", "content"))
        item["sentence"] = self.sentence(first, last)
        item["form"] = form_of(self.marked.text, *item["at"]["content"])
        self.gold["statements"].append(item)

    def relation(self, row: list[str]) -> None:
        """Add a relation row."""
        name, dyad, direction, fact, date, statement = row
        pair = sorted(dyad.split("-"))
        if len(pair) != 2 or not all(_ACTOR.fullmatch(c) for c in pair):
            raise ValueError(f"{dyad!r} is no pair of actor codes")
        at = self.span(name)
        self.gold["relations"].append({
            "id": name, "evidence": self.marked.text[slice(*at)], "at": at, "dyad": pair,
            "direction": Direction(direction).value, "factuality": Factuality(fact).value, "date": self.date(date),
            "statement": self.said(statement), "sentence": self.sentence(*at),
        })  # fmt: skip

    def cause(self, row: list[str]) -> None:
        """Add a causal row."""
        item: Json = {"id": row[0], "statement": self.said(row[1] if len(row) > 1 else "-"), "at": {}, "signal": ""}
        for part, key in (("cause", "cause"), ("effect", "effect"), ("sig", "signal")):
            if part != "sig" or f"{row[0]}.sig" in self.marked.marks:
                item["at"][key] = at = self.span(f"{row[0]}.{part}")
                item[key] = self.marked.text[slice(*at)]
        self.gold["causes"].append(item)

    def check(self) -> None:
        """Note marks without a row."""
        for name in sorted(set(self.marked.marks) - self.used):
            self.marked.errors.append(f"line {self.marked.line}: {self.marked.id}: mark {name} has no row")


def form_of(text: str, start: int, end: int) -> str:
    """Return direct, indirect or mixed from the quotation marks in and before a content."""
    before = text.rfind("\n", 0, start) + 1
    opened = bool(len([c for c in text[before:start] if c in _QUOTES]) % 2)
    inside = any(c in _QUOTES for c in text[start:end])
    return "mixed" if inside else "direct" if opened else "indirect"


def readings(paths: list[Path]) -> Iterator[Reading]:
    """Yield the readings of all dispatches of some files."""
    parser = Parser()
    for path in paths:
        for marked in split(path):
            yield Reading(marked, parser)


def written(*, held_out: bool) -> Iterator[Json]:
    """Yield the gold of the dispatches to train encoders on, or of those kept from it (``held_out.txt``)."""
    folder = Path(__file__).parent / "written"
    kept = set((folder / "held_out.txt").read_text(encoding="utf-8").split())
    for reading in readings(sorted(folder.glob("w*.txt"))):
        if (reading.marked.id in kept) == held_out:
            yield reading.gold


def main() -> None:
    """Check files and print counts, or write them as gold dispatches."""
    args = sys.argv[1:]
    out = Path(args[1]) if args[:1] == ["--json"] else None
    paths = [Path(a) for a in args[2 if out else 0 :]]
    counts: Counter[str] = Counter()
    lines, errors = [], 0
    for reading in readings(paths):
        for error in reading.marked.errors:
            print(f"{reading.marked.id}: {error}")
        errors += len(reading.marked.errors)
        lines.append(json.dumps(reading.gold, ensure_ascii=False))
        counts["dispatches"] += 1
        for part in ("events", "statements", "relations", "causes"):
            counts[part] += len(reading.gold[part])
        counts.update(e["type"] for e in reading.gold["events"])
        counts.update(e["factuality"] for e in reading.gold["events"])
    print(f"{errors} errors;", ", ".join(f"{n} {k}" for k, n in counts.most_common()))
    if out:
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
