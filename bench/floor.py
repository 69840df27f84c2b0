"""The floor of the event coder: verb lexicon and the two nearest actors, no syntax; scored like the reader.

    python bench/floor.py [FILE…]      (default: every dev_*.jsonl under $DETENTE_DATA/gold)

The floor sees the same mentions, times and trigger lemmas as the reader's coder. For each trigger the nearest actor
before it is the source and the nearest other actor after it (else before it) the target; a mutual type joins the two.
The date is the sentence's first, every event a fact. What the coder scores above it is what syntax and frames add.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Token

from detente.evaluation.dispatches import Json, load, to_gold
from detente.evaluation.scoring import Scorer
from detente.model.actor import Mention
from detente.model.codes import Factuality
from detente.model.document import Document
from detente.model.reading import Event, Sentence
from detente.reading.frames import Frame, frame_index
from detente.reading.page import Page
from detente.reading.reader import StagedReader
from detente.reading.rules import rule_reader
from detente.reading.stages import Findings


class FloorEvents:
    """Implements :class:`detente.reading.stages.EventStage` by nearness alone."""

    def find(self, page: Page, findings: Findings) -> tuple[Event, ...]:
        """Return one event for each trigger lemma with two different actors in its sentence."""
        index = frame_index()
        events = []
        for sentence, tokens in zip(page.sentences, page.sentence_tokens, strict=True):
            mentions = [m for m in findings.mentions_in(sentence.span) if m.actors]
            for token in tokens:
                table = index.verbs if token.pos_ == "VERB" else index.nouns
                frames = table.get(token.lemma_.lower())
                if frames and (event := _nearest(page, findings, sentence, token, mentions, frames[0])) is not None:
                    events.append(event)
        return tuple(events)


def _nearest(
    page: Page, findings: Findings, sentence: Sentence, token: Token, mentions: list[Mention], frame: Frame
) -> Event | None:
    before = [m for m in mentions if m.span.start < token.idx]
    if not before:
        return None
    source = before[-1]
    others = [m for m in mentions if m.span.start > token.idx] + before[::-1]
    target = next((m for m in others if set(m.codes) - set(source.codes)), None)
    if target is None:
        return None
    ends = source.codes, tuple(sorted(set(target.codes) - set(source.codes)))
    if frame.mutual:
        both = tuple(sorted({*ends[0], *ends[1]}))
        ends = both, both
    dates = [t.date for t in findings.times if t.date and sentence.span.contains(t.span)]
    return Event(
        trigger=page.span_between(token, token),
        sentence=sentence.span,
        type=frame.type,
        source=ends[0],
        target=ends[1],
        factuality=Factuality.FACT,
        date=dates[0] if dates else None,
        frame="floor",
    )


def compare(pairs: Iterable[tuple[Document, Json]], reader: StagedReader) -> tuple[Scorer, Scorer]:
    """Return the scores of the floor and of the reader over the same parses.

    Args:
        pairs: Documents with their gold readings.
        reader: What is set beside the floor; the floor has its mentions and times.
    """
    ours, lowest = Scorer(), Scorer()
    floor = replace(reader, name="floor", events=FloorEvents())
    for document, gold in pairs:
        page = reader.parser.parse(document)
        lowest.add(gold, to_gold(document, floor.read_page(page)))
        ours.add(gold, to_gold(document, reader.read_page(page)))
    return lowest, ours


def main() -> None:
    """Score floor and reader side by side."""
    shared = Path(os.environ.get("DETENTE_DATA", "../shared"))
    files = [Path(a) for a in sys.argv[1:]] or sorted((shared / "gold").glob("dev_*.jsonl"))
    if not files:
        sys.exit(f"no gold dispatches under {shared / 'gold'}; set DETENTE_DATA or name files")
    scorers = compare((pair for file in files for pair in load(file)), rule_reader())
    print(f"{'':34s} {'floor':>8s} {'reader':>8s}")
    for measure in ("event.strict", "event.dyad", "event.found"):
        print(f"{measure + ' F1':34s}", *(f"{s.agreements[measure].f1:8.3f}" for s in scorers))
    for attribute in scorers[0].accuracies:
        if attribute.startswith("event."):
            shares = (s.accuracies[attribute].accuracy for s in scorers if attribute in s.accuracies)
            print(f"{attribute:34s}", *(f"{share or 0:8.3f}" for share in shares))


if __name__ == "__main__":
    main()
