"""Measure mentions and times against gold dispatches: are the gold actors, speakers and dates there to be used?

python bench/mentions.py [SETS]      (default: every dev_*.jsonl under $DETENTE_DATA/gold; SETS as "abegh")
"""

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detente.evaluation.dispatches import Json, load
from detente.model.actor import Mention, TimeMention
from detente.model.document import Document
from detente.model.span import Span
from detente.reading.mentions import RuleMentions
from detente.reading.page import Page, Parser
from detente.reading.stages import Findings
from detente.reading.times import RuleTimes

REACH = 600
"""Characters before a sentence in which an implicit actor may have been named."""


MEASURES = ("source here", "source in reach", "target here", "target in reach", "speaker", "date")
"""Names of the counts; ``"… of"`` beside each is what it is a share of."""


def measure(pairs: Sequence[tuple[Document, Json]]) -> tuple[Counter[str], float]:
    """Return the counts, and the CPU seconds that mentions and times took, parsing aside."""
    counts: Counter[str] = Counter()
    seconds = 0.0
    for page, (_, gold) in zip(Parser().parse_all(d for d, _ in pairs), pairs, strict=True):
        started = time.process_time()
        mentions, times = RuleMentions().find(page), RuleTimes().find(page)
        seconds += time.process_time() - started
        for event in gold["events"]:
            count_event(event, page.document.text, mentions, times, counts)
        for statement in gold["statements"]:
            count_speaker(statement, page, mentions, counts)
    return counts, seconds


def main() -> None:
    """Read, count, print."""
    folder = Path(os.environ.get("DETENTE_DATA", "../shared")) / "gold"
    files = sorted(folder.glob(f"dev_[{sys.argv[1]}].jsonl" if len(sys.argv) > 1 else "dev_*.jsonl"))
    pairs = [pair for file in files for pair in load(file)]
    counts, seconds = measure(pairs)
    for name in MEASURES:
        of = counts[f"{name} of"]
        print(f"{name:16s} {counts[name] / of if of else 0:.3f}  of {of}")
    print(f"{1000 * seconds / max(len(pairs), 1):.1f} ms per document, parsing aside")


def count_event(
    event: dict[str, Any],
    text: str,
    mentions: tuple[Mention, ...],
    times: tuple[TimeMention, ...],
    counts: Counter[str],
) -> None:
    """Count whether an event's codes and date are among the mentions and times of its sentence."""
    start = text.find(event["sentence"])
    end = start + len(event["sentence"])
    here = {code for m in mentions if start <= m.span.start < end for code in m.codes}
    reach = {code for m in mentions if start - REACH <= m.span.start < end for code in m.codes}
    for role in ("source", "target"):
        for code in event[role]:
            for name, codes in ((f"{role} here", here), (f"{role} in reach", reach)):
                counts[f"{name} of"] += 1
                counts[name] += code in codes
    dates = [str(t.date) for t in times if start <= t.span.start < end]
    if event["date"] and dates:
        counts["date of"] += 1
        counts["date"] += event["date"] in dates


def count_speaker(statement: dict[str, Any], page: Page, mentions: tuple[Mention, ...], counts: Counter[str]) -> None:
    """Count whether the mention at the head of a statement's source has the speaker's code."""
    text = page.document.text
    start = text.find(statement["sentence"])
    pattern = re.compile(rf"(?<!\w){re.escape(statement['source'])}(?!\w)")
    found = pattern.search(text, start, start + len(statement["sentence"]))
    counts["speaker of"] += 1
    if found is None:
        return
    span = Span(page.document.id, found.start(), found.end())
    at_head = Findings(mentions).mention_at(page.tokens_in(span).root)
    inside = [m for m in mentions if m.span.overlaps(span)]
    codes = at_head.codes if at_head else inside[0].codes[:1] if inside else ("XXX",)
    counts["speaker"] += statement["speaker"] in codes


if __name__ == "__main__":
    main()
