"""Public sets as windows: PolNeAR attribution, CausalNewsCorpus, UDS-IH2 and MegaVeridicality factuality."""

import ast
import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from detente.model.document import Document
from detente.reading.page import Page, Parser
from windows import Anchor, Window, bio, cut, make_window, own, tokens_of

Spans = list[tuple[int, int]]


def stretches(tokenizer: Tokenizer, page: Page) -> Iterator[Window]:
    """Cut one document into unlabelled windows, as the reader does."""
    text, spans = page.document.text, [s.span for s in page.sentences]
    lengths = [len(tokenizer.encode(s.of(text), add_special_tokens=False).ids) for s in spans]
    for lead, first, last in cut(lengths):
        start, end = spans[lead].start, spans[last - 1].end
        window = make_window(tokenizer, page.document.name or page.document.id, text[start:end], start)
        window.own = (spans[first].start, end)
        yield window


def plain(name: str, text: str) -> Document:
    """Return a text as a document."""
    return Document(Document.id_of(text, None, None, name), text, name=name)


def polnear(tokenizer: Tokenizer, parser: Parser, path: Path) -> Iterator[Window]:
    """PolNeAR (Newell et al. 2018): cue tags, and source and content tags as seen from each cue."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            for window in stretches(tokenizer, parser.parse(plain(item["id"], item["text"]))):
                label_attribution(window, item["relations"], "p")
                yield window


def label_attribution(window: Window, relations: list[dict[str, list[list[int]]]], domain: str) -> None:
    """Add cue, source and content layers and one anchor a cue."""
    inside = [r for r in relations if r["cue"] and tokens_of(window, *r["cue"][0])]
    for layer in ("cue", "source", "content"):
        window.tags[f"{layer}.{domain}"] = own(window, bio(window, [tuple(s) for r in inside for s in r[layer]]))
    inside = [r for r in inside if window.owns(r["cue"][0][0])]
    anchors = []
    for relation in inside:
        found = tokens_of(window, relation["cue"][0][0], relation["cue"][-1][1])
        spans = [tuple(s) for part in ("source", "content") for s in relation[part]]
        kinds = [0] * len(relation["source"]) + [1] * len(relation["content"])
        if found:
            anchors.append(Anchor(*found, bio(window, spans, kinds)))
    window.anchors[f"attribution.{domain}"] = anchors


_TAG = re.compile(r"</?(ARG0|ARG1|SIG\d*)>")


def untagged(tagged: str) -> tuple[str, dict[str, Spans]]:
    """Split a CausalNewsCorpus string into its text and the spans of cause, effect and signal."""
    text, spans, opened, last = "", {"cause": [], "effect": [], "signal": []}, {}, 0
    for match in _TAG.finditer(tagged):
        text += tagged[last : match.start()]
        last = match.end()
        name = match.group(1)
        if match.group(0).startswith("</"):
            role = {"ARG0": "cause", "ARG1": "effect"}.get(name, "signal")
            spans[role].append((opened.pop(name, len(text)), len(text)))
        else:
            opened[name] = len(text)
    return text + tagged[last:], spans


def causal_news(tokenizer: Tokenizer, path: Path) -> Iterator[Window]:
    """CausalNewsCorpus V2 (Tan et al. 2022): whether a sentence is causal, and its cause, effect and signal spans."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            pairs = [untagged(t) for t in ast.literal_eval(row["causal_text_w_pairs"] or "[]")]
            text = pairs[0][0] if pairs else row["text"]
            window = make_window(tokenizer, row["index"], text)
            relations = [spans for found, spans in pairs if found == text]
            label_causes(window, relations, "c")
            window.anchors["causal.c"] = list(ends_of(window, relations))
            window.anchors["sentence.c"] = [Anchor(0, 1, None, {"causal.c": int(bool(pairs))})]
            yield window


def label_causes(window: Window, relations: list[dict[str, Spans]], domain: str) -> None:
    """Add cause, effect and signal layers and one anchor a cause."""
    for layer in ("cause", "effect", "signal"):
        window.tags[f"{layer}.{domain}"] = own(window, bio(window, [s for r in relations for s in r[layer]]))
    relations = [r for r in relations if r["cause"] and window.owns(r["cause"][0][0])]
    anchors = []
    for relation in relations:
        found = tokens_of(window, *relation["cause"][0]) if relation["cause"] else None
        if found:
            spans = relation["effect"] + relation["signal"]
            kinds = [0] * len(relation["effect"]) + [1] * len(relation["signal"])
            anchors.append(Anchor(*found, bio(window, spans, kinds)))
    window.anchors[f"causal.{domain}"] = anchors


def ends_of(window: Window, relations: list[dict[str, Spans]]) -> Iterator[Anchor]:
    """Yield an anchor for each first token of a cause, from which the ends of the claim's spans are seen."""
    by_start: dict[int, list[list[int]]] = {}
    for relation in relations:
        cause, effect, signal = (
            tokens_of(window, *relation[part][0]) if relation[part] else None for part in ("cause", "effect", "signal")
        )
        if cause and effect:
            sides = [(start, end - 1) for start, end in (effect, signal or (0, 1))]
            by_start.setdefault(cause[0], []).append([cause[1] - 1, *sides[0], *sides[1]])
    for start, found in by_start.items():
        ends = np.zeros((len(found[0]), len(window.ids)), dtype=np.float32)
        for places in found:
            ends[np.arange(len(places)), places] += 1 / len(found)
        yield Anchor(start, start + 1, None, ends=ends)


def factuality(tokenizer: Tokenizer, path: Path) -> Iterator[Window]:
    """UDS-IH2 (Rudinger et al. 2018), MegaVeridicality (White & Rawlins 2018): -3 to 3 at a predicate's first piece."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            words = item["text"].split(" ")
            starts = np.cumsum([0] + [len(w) + 1 for w in words])
            window = make_window(tokenizer, f"{path.parent.name}-{item['idx']}", item["text"])
            values = np.full(len(window.ids), np.nan, dtype=np.float32)
            for target in item["targets"]:
                first, last = target["span1"]
                found = tokens_of(window, int(starts[first]), int(starts[last]) - 1)
                if found:
                    values[found[0]] = target["label"]
            window.values["factuality"] = values
            yield window
