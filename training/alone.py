"""Single sentences of dispatches as documents of their own.

Whoever asks about one sentence gives no text around it; a network that has only seen whole reports takes such a
sentence for something else. A sentence is taken if it names all parties of its acts itself.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from detente.model.document import Document
from detente.reading.mentions import RuleMentions
from detente.reading.page import Parser

Json = dict[str, Any]
QUIET = 0.2
"""Share of the sentences without acts that are taken."""


def alone(golds: Iterable[Json], share: float, seed: int = 7) -> Iterator[tuple[Document, Json]]:
    """Yield a share of the sentences of gold dispatches, each as a document with its part of the readings."""
    parser, finder, chance = Parser(), RuleMentions(), random.Random(seed)
    for gold in golds:
        for sentence in dict.fromkeys(item["sentence"] for part in ("events", "statements") for item in gold[part]):
            start = gold["text"].find(sentence)
            piece = part_of(gold, start, start + len(sentence))
            if chance.random() > (share if piece["events"] else share * QUIET):
                continue
            document = Document(f"{gold['id']}@{start}", piece["text"], gold["title"])
            named = {code for mention in finder.find(parser.parse(document)) for code in mention.codes}
            if all(named >= {*event["source"], *event["target"]} for event in piece["events"]):
                yield document, piece


def part_of(gold: Json, start: int, end: int) -> Json:
    """Return what is read within a stretch of a dispatch, with the stretch as its text."""
    out: Json = {"id": gold["id"], "title": gold["title"], "text": gold["text"][start:end]}
    for part in ("events", "statements", "relations", "causes"):
        out[part] = [moved(item, start) for item in gold[part] if inside(item["at"], start, end)]
    for part in ("events", "statements", "relations"):
        out[part] = [{**item, "sentence": out["text"]} for item in out[part]]
    return out


def inside(at: Any, start: int, end: int) -> bool:
    """Tell whether all spans of a reading lie within a stretch."""
    spans = at.values() if isinstance(at, dict) else [at]
    return all(start <= a and b <= end for a, b in spans)


def moved(item: Json, by: int) -> Json:
    """Return a reading with its spans that much nearer to the beginning."""
    at = item["at"]
    if isinstance(at, dict):
        return {**item, "at": {key: (a - by, b - by) for key, (a, b) in at.items()}}
    return {**item, "at": (at[0] - by, at[1] - by)}
