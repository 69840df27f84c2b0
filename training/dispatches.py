"""Gold dispatches as windows: statements, event triggers with their parties, relation claims, causes.

The gold names actors by code; which mentions of a sentence carry that code is what the mention stage of the reader
says, so that training sees the candidates that the reader will see.
"""

import json
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from detente.evaluation.dispatches import load
from detente.model.actor import Mention
from detente.model.codes import Direction, EventType, Factuality, Stance
from detente.reading.mentions import RuleMentions
from detente.reading.page import Parser
from sets import NO_EVENT, label_attribution, label_causes
from windows import IGNORED, Anchor, Pair, Window, bio, cut, data_folder, load_tokenizer, make_window, tokens_of

Json = dict[str, Any]
TYPES, FACTS = list(EventType), list(Factuality)
STANCES, DIRECTIONS = list(Stance), list(Direction)


def dispatches() -> Iterator[Window]:
    """Yield the windows of all gold dispatches (those under DETENTE_DATA and the bundled corpus)."""
    files = [*sorted((data_folder() / "gold").glob("dev_*.jsonl")), Path("tests/corpus/dispatches.jsonl")]
    for file in files:
        yield from windows_of(file)


def windows_of(file: Path) -> Iterator[Window]:
    """Yield the labelled windows of one gold file."""
    tokenizer, parser, finder = load_tokenizer(), Parser(), RuleMentions()
    for document, gold in load(file):
        page = parser.parse(document)
        mentions = finder.find(page)
        spans = [s.span for s in page.sentences]
        lengths = [len(tokenizer.encode(s.of(document.text), add_special_tokens=False).ids) for s in spans]
        for first, last in cut(lengths, [s.paragraph for s in page.sentences]):
            start, end = spans[first].start, spans[last - 1].end
            window = make_window(tokenizer, gold["id"], document.text[start:end], start)
            label_statements(window, document.text, gold["statements"])
            label_events(window, document.text, gold["events"], mentions)
            label_relations(window, document.text, gold["relations"], mentions)
            label_causes(window, list(causes_in(document.text, gold["causes"], start, end)), "d")
            yield window


def find(text: str, quote: str, start: int, end: int, near: int | None = None) -> tuple[int, int] | None:
    """Return where a quote stands in ``text[start:end]``: at word ends, the nearest to ``near``."""
    hits = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", text[start:end])]
    hits = hits or [m.start() for m in re.finditer(re.escape(quote), text[start:end])]
    if not quote or not hits:
        return None
    best = min(hits, key=lambda h: abs(start + h - near) if near is not None else h) + start
    return best, best + len(quote)


def place(text: str, sentence: str) -> tuple[int, int]:
    """Return where a gold sentence stands."""
    start = max(text.find(sentence), 0)
    return start, start + len(sentence)


def label_statements(window: Window, text: str, statements: list[Json]) -> None:
    """Attribution layers, and the stance of each cue."""
    relations, stances = [], {}
    for item in statements:
        start, end = place(text, item["sentence"])
        content = find(text, item["content"], start, end)
        cue = find(text, item["cue"], start, end, near=content[0] if content else None)
        source = find(text, item["source"], start, end, near=cue[0] if cue else None)
        if cue:
            relations.append(
                {"cue": [cue], "source": [source] if source else [], "content": [content] if content else []}
            )
            found = tokens_of(window, *cue)
            if found:
                stances[found] = STANCES.index(Stance(item["stance"]))
    label_attribution(window, merged(relations), "d")
    for anchor in window.anchors["attribution.d"]:
        anchor.classes["stance.d"] = stances[anchor.start, anchor.end]


def merged(relations: list[Json]) -> list[Json]:
    """Join statements of one cue (a quotation that runs on, two speakers) into one relation."""
    out: dict[Any, Json] = {}
    for relation in relations:
        kept = out.setdefault(tuple(relation["cue"]), {"cue": relation["cue"], "source": [], "content": []})
        for part in ("source", "content"):
            kept[part] += [s for s in relation[part] if s not in kept[part]]
    return list(out.values())


def label_events(window: Window, text: str, events: list[Json], mentions: tuple[Mention, ...]) -> None:
    """Trigger layer, and for each trigger its type, factuality and the part of each mention."""
    spans, kinds, anchors = [], [], {}
    for item in events:
        start, end = place(text, item["sentence"])
        trigger = find(text, item["trigger"], start, end)
        found = tokens_of(window, *trigger) if trigger else None
        if not found:
            continue
        kind = TYPES.index(EventType(item["type"]))
        spans.append(trigger)
        kinds.append(kind)
        classes = {"type.d": kind, "fact.d": FACTS.index(Factuality(item["factuality"]))}
        tags = parts(window, mentions, set(item["source"]), set(item["target"]), start, end)
        if (found, kind) in anchors:
            tags = np.maximum(tags, anchors[found, kind].tags)
        anchors[found, kind] = Anchor(*found, tags, classes)
    window.tags["trigger.d"] = bio(window, spans, kinds)
    window.anchors["event.d"] = list(anchors.values())
    window.pairs = list(event_pairs(window, text, events, mentions))


def event_pairs(window: Window, text: str, events: list[Json], mentions: tuple[Mention, ...]) -> Iterator[Pair]:
    """Yield the pairs of mentions of a sentence with the types of what the one does to the other, or no event."""
    chance = random.Random(window.name)
    inside = [m for m in mentions if m.actors and tokens_of(window, m.head.start, m.head.end)]
    acts = [(place(text, e["sentence"]), e) for e in events]
    for first in inside:
        for second in inside:
            here = [e for (a, b), e in acts if a <= first.span.start < b and a <= second.span.start < b]
            near = abs(first.span.start - second.span.start) < 300
            if first is second or not near or set(first.codes) & set(second.codes):
                continue
            types = {
                TYPES.index(EventType(e["type"]))
                for e in here
                if set(first.codes) & set(e["source"]) and set(second.codes) & set(e["target"])
            }
            spans = (tokens_of(window, m.head.start, m.head.end) for m in (first, second))
            if types or chance.random() < 0.15:
                yield Pair(*spans, tuple(sorted(types)) or (NO_EVENT,))  # type: ignore[arg-type]


def parts(
    window: Window, mentions: tuple[Mention, ...], source: set[str], target: set[str], start: int, end: int
) -> np.ndarray:
    """Tag the head of each mention: 0 no part, 1 source, 2 target, 3 both; other tokens are not judged."""
    tags = np.full(len(window.ids), IGNORED, dtype=np.int8)
    placed = [(m, found) for m in mentions if (found := tokens_of(window, m.head.start, m.head.end))]
    inside = {m.head for m, _ in placed if start <= m.head.start < end}
    here = {code for m, _ in placed if m.head in inside for code in m.codes}
    for codes in (source, target):  # a party that the sentence leaves out: its last mention before
        for missing in codes - here:
            earlier = [m for m, _ in placed if missing in m.codes and m.head.start < start]
            inside |= {earlier[-1].head} if earlier else set()
    for mention, found in placed:
        codes = set(mention.codes) if mention.head in inside else set()
        tags[found[0]] = bool(codes & source) + 2 * bool(codes & target)
    return tags


def label_relations(window: Window, text: str, claims: list[Json], mentions: tuple[Mention, ...]) -> None:
    """Evidence layer, and for each claim its direction, factuality and the mentions of its two states."""
    spans, anchors = [], []
    for item in claims:
        start, end = place(text, item["sentence"])
        evidence = find(text, item["evidence"], start, end)
        found = tokens_of(window, *evidence) if evidence else None
        if found:
            spans.append(evidence)
            classes = {
                "direction.d": DIRECTIONS.index(Direction(item["direction"])),
                "rfact.d": FACTS.index(Factuality(item["factuality"])),
            }
            tags = parts(window, mentions, set(item["dyad"]), set(), start, end)
            anchors.append(Anchor(*found, tags, classes))
    window.tags["relation.d"] = bio(window, spans)
    window.anchors["relation.d"] = anchors


def causes_in(text: str, claims: list[Json], start: int, end: int) -> Iterator[dict[str, list[tuple[int, int]]]]:
    """Yield the causal claims whose cause lies in a window; effect and signal are the nearest such words."""
    for item in claims:
        cause = find(text, item["cause"], start, end)
        if cause:
            effect = find(text, item["effect"], start, end, near=cause[0])
            signal = find(text, item["signal"], start, end, near=cause[0]) if item["signal"] else None
            yield {"cause": [cause], "effect": [effect] if effect else [], "signal": [signal] if signal else []}


def main() -> None:
    """Print one window for inspection."""
    for window in islice(dispatches(), 3):
        print(json.dumps(window.ids.tolist()), window.tags["trigger.d"], window.anchors["event.d"])


if __name__ == "__main__":
    main()
