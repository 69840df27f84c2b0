"""Gold dispatches as windows: statements, event triggers with their parties, relation claims, causes.

The gold names actors by code; which mentions of a sentence carry that code is what the mention stage of the reader
says, so that training sees the candidates that the reader will see.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from alone import alone
from detente.evaluation.dispatches import load
from detente.model.actor import Mention
from detente.model.codes import Direction, EventType, Factuality, Stance
from detente.model.document import Document
from detente.reading.mentions import RuleMentions
from detente.reading.page import Page, Parser
from sets import label_attribution, label_causes, stretches
from windows import Anchor, Window, bio, data_folder, load_tokenizer, own, tokens_of
from written import written

Json = dict[str, Any]
TYPES, FACTS = list(EventType), list(Factuality)
STANCES, DIRECTIONS = list(Stance), list(Direction)


def dispatches() -> Iterator[Window]:
    """Yield the windows of all gold dispatches (those under DETENTE_DATA and the bundled corpus)."""
    files = [*sorted((data_folder() / "gold").glob("dev_*.jsonl")), Path("tests/corpus/dispatches.jsonl")]
    for file in files:
        yield from windows_of(load(file))


def written_windows(*, held_out: bool) -> Iterator[Window]:
    """Yield the windows of the dispatches written for training, or of those of them that are held out."""
    return windows_of((Document(g["id"], g["text"], g["title"]), g) for g in written(held_out=held_out))


def single_sentences(share: float) -> Iterator[Window]:
    """Yield the windows of a share of the sentences of the written dispatches, each as a document of its own."""
    return windows_of(alone(written(held_out=False), share))


def windows_of(golds: Iterable[tuple[Document, Json]]) -> Iterator[Window]:
    """Yield the labelled windows of gold dispatches."""
    golds = list(golds)
    tokenizer, parser, finder, chance = load_tokenizer(), Parser(), RuleMentions(), random.Random(7)
    said = Counter(word for _, g in golds for e in g["events"] for word in set(e["trigger"].lower().split()))
    for document, gold in golds:
        page = parser.parse(document)
        mentions, text = finder.find(page), document.text
        for window in stretches(tokenizer, page):
            window.name = gold["id"]
            label_statements(window, text, gold["statements"])
            label_events(window, text, gold["events"], mentions)
            window.anchors["event.d"] += idle(window, page, mentions, said, chance)
            label_relations(window, text, gold["relations"], mentions)
            label_causes(window, list(causes_in(text, gold["causes"], *window.own)), "d")
            yield window


def find(text: str, quote: str, start: int, end: int, near: int | None = None) -> tuple[int, int] | None:
    """Return where a quote stands in ``text[start:end]``: at word ends, the nearest to ``near``."""
    hits = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", text[start:end])]
    hits = hits or [m.start() for m in re.finditer(re.escape(quote), text[start:end])]
    if not quote or not hits:
        return None
    best = min(hits, key=lambda h: abs(start + h - near) if near is not None else h) + start
    return best, best + len(quote)


def quoted(item: Json, key: str, text: str, start: int, end: int, near: int | None = None) -> tuple[int, int] | None:
    """Return where a quoted string of a reading stands: where ``at`` says, else where it is found."""
    at = item.get("at")
    if at is not None:
        told = at.get(key) if isinstance(at, dict) else at
        return (told[0], told[1]) if told else None
    return find(text, item[key], start, end, near)


def place(text: str, sentence: str) -> tuple[int, int]:
    """Return where a gold sentence stands."""
    start = max(text.find(sentence), 0)
    return start, start + len(sentence)


def label_statements(window: Window, text: str, statements: list[Json]) -> None:
    """Attribution layers, and the stance of each cue."""
    relations, stances = [], {}
    for item in statements:
        start, end = place(text, item["sentence"])
        content = quoted(item, "content", text, start, end)
        cue = quoted(item, "cue", text, start, end, near=content[0] if content else None)
        source = quoted(item, "source", text, start, end, near=cue[0] if cue else None)
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
        trigger = quoted(item, "trigger", text, start, end)
        found = tokens_of(window, *trigger) if trigger and window.owns(trigger[0]) else None
        if not trigger or not found:
            continue
        kind = TYPES.index(EventType(item["type"]))
        spans.append(trigger)
        kinds.append(kind)
        classes = {"type.d": kind, "fact.d": FACTS.index(Factuality(item["factuality"]))}
        groups = parts(window, mentions, set(item["source"]), set(item["target"]), end)
        if (found, kind) in anchors:
            before = anchors[found, kind].groups
            groups = [(a | b, p) for (a, _), (b, p) in zip(before, groups, strict=True)]
        since = (tokens_of(window, start, end) or (0, 0))[0]
        anchors[found, kind] = Anchor(*found, None, classes, groups, 1 + kind, since)
    window.tags["trigger.d"] = own(window, bio(window, spans, kinds))
    window.anchors["event.d"] = list(anchors.values())


def idle(
    window: Window, page: Page, mentions: tuple[Mention, ...], said: Counter[str], chance: random.Random
) -> Iterator[Anchor]:
    """Yield anchors for words that name no act: such as name one elsewhere, and some other verbs and nouns."""
    likely, others = [], []
    for token in page.doc:
        if token.pos_ not in ("VERB", "NOUN") or not window.owns(token.idx):
            continue
        found = tokens_of(window, token.idx, token.idx + len(token))
        if found and not window.tags["trigger.d"][found[0] : found[1]].any():
            (likely if said[token.lower_] > 1 else others).append((token, found))
    count = len(window.anchors["event.d"]) + 2
    for token, found in chance.sample(likely, min(count, len(likely))) + chance.sample(others, min(3, len(others))):
        sentence = page.sentence_of(token).span
        groups = parts(window, mentions, set(), set(), sentence.end)
        since = (tokens_of(window, sentence.start, sentence.end) or (0, 0))[0]
        yield Anchor(*found, None, {}, groups, 0, since)


def parts(
    window: Window, mentions: tuple[Mention, ...], source: set[str], target: set[str], end: int
) -> list[tuple[int, tuple[int, ...]]]:
    """Return for each actor mentioned up to the end of a sentence 0 no part, 1 source, 2 target, 3 both, and where."""
    places: dict[str, list[int]] = {}
    for mention in mentions:
        found = tokens_of(window, mention.head.start, mention.head.end) if mention.head.start < end else None
        for code in mention.codes if found else ():
            places.setdefault(code, []).append(found[0])  # type: ignore[index]
    return [(bool(c in source) + 2 * bool(c in target), tuple(p)) for c, p in places.items()]


def label_relations(window: Window, text: str, claims: list[Json], mentions: tuple[Mention, ...]) -> None:
    """Evidence layer, and for each claim its direction, factuality and the mentions of its two states."""
    spans, anchors = [], []
    for item in claims:
        start, end = place(text, item["sentence"])
        evidence = quoted(item, "evidence", text, start, end)
        found = tokens_of(window, *evidence) if evidence and window.owns(evidence[0]) else None
        if evidence and found:
            spans.append(evidence)
            classes = {
                "direction.d": DIRECTIONS.index(Direction(item["direction"])),
                "rfact.d": FACTS.index(Factuality(item["factuality"])),
            }
            anchors.append(Anchor(*found, None, classes, parts(window, mentions, set(item["dyad"]), set(), end)))
    window.tags["relation.d"] = own(window, bio(window, spans))
    window.anchors["relation.d"] = anchors


def causes_in(text: str, claims: list[Json], start: int, end: int) -> Iterator[dict[str, list[tuple[int, int]]]]:
    """Yield the causal claims whose cause lies in a window; effect and signal are the nearest such words."""
    for item in claims:
        cause = quoted(item, "cause", text, start, end)
        if cause:
            effect = quoted(item, "effect", text, start, end, near=cause[0])
            signal = quoted(item, "signal", text, start, end, near=cause[0]) if item["signal"] else None
            yield {"cause": [cause], "effect": [effect] if effect else [], "signal": [signal] if signal else []}


def main() -> None:
    """Print one window for inspection."""
    for window in islice(dispatches(), 3):
        print(json.dumps(window.ids.tolist()), window.tags["trigger.d"], window.anchors["event.d"])


if __name__ == "__main__":
    main()
