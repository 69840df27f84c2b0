"""The gazetteer and the terms measured against sets that the project does not ship."""

import csv
import difflib
import gzip
import os
import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest

from detente.model.codes import MentionKind
from detente.world import Term, all_terms, fold, gazetteer, persons_named, states, words_of

DATA = Path(os.environ.get("DETENTE_DATA", Path(__file__).parents[3] / "shared")) / "data"
FIRST = date(1980, 7, 1)

pytestmark = pytest.mark.data


def _countries() -> list[tuple[str, date | None, str]]:
    """Phrase, query date and expected country of the actor assertions that name a state or an organisation."""
    path = DATA / "events" / "actor_assertions_dev.tsv"
    if not path.exists():
        pytest.skip(f"{path} is not here; set DETENTE_DATA")
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            match = re.search(r"(?:\['country'\]|\bcc) == '([A-Z]{3})'", row["assertion"])
            if match:
                found.append((row["text"], _day(row["kwargs"]), match.group(1)))
    return found


def _day(kwargs: str) -> date | None:
    match = re.search(r"'query_date': '([^']+)'", kwargs)
    if match is None:
        return None
    text = match.group(1)
    return datetime.strptime(text, "%Y-%m-%d" if text[0:4].isdigit() else "%d %B %Y").date()


def _codes(phrase: str, as_of: date | None) -> set[str]:
    words = words_of(phrase)
    lower = [word.lower() for word in words]
    found = set()
    for start in range(len(words)):
        for entry in gazetteer().match(lower, start):
            if entry.fits(words[start : start + len(entry.words)]) and entry.holds_at(as_of):
                if entry.kind is MentionKind.PERSON:
                    found |= {term.actor_code for term in persons_named(entry.phrase, as_of)[:1]}
                else:
                    found.add(entry.code)
                break
    return found


def test_the_gazetteer_alone_answers_most_country_assertions() -> None:
    """A floor that only rises; what is missing are persons and groups that no list of offices holds."""
    cases = _countries()
    assert len(cases) > 80
    missed = [(phrase, code) for phrase, day, code in cases if code not in _codes(phrase, day)]
    assert 1 - len(missed) / len(cases) >= 0.74, missed


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^a-z]+", fold(name)) if len(word) > 1}


def _same(name: str, term: Term) -> bool:
    ours, theirs = _words(" ".join((term.person, *term.aliases))), _words(name)
    return bool(ours & theirs) or any(
        difflib.SequenceMatcher(None, a, b).ratio() >= 0.75 for a in ours for b in theirs if min(len(a), len(b)) > 3
    )


def test_leaders_agree_with_archigos() -> None:
    """Of the leader-days of Archigos since July 1980, those whose leader our data have in office at mid-term."""
    path = DATA / "world" / "archigos" / "archigos.csv.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here; set DETENTE_DATA")
    codes = {state.gw: state.recorded_as for state in states() if state.gw and not state.is_historical}
    codes |= {state.cow_number: state.recorded_as for state in states() if state.cow_number and state.is_historical}
    codes |= {345: "SRB", 365: "RUS"}
    by_code = defaultdict(list)
    for term in all_terms():
        by_code[term.actor_code].append(term)
    agreed = total = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            start, end = max(date.fromisoformat(row["startdate"]), FIRST), date.fromisoformat(row["enddate"])
            days = (end - start).days
            if days < 90:
                continue
            middle = start + (end - start) / 2
            serving = [term for term in by_code[codes.get(int(float(row["gwcode"])), "")] if term.holds_at(middle)]
            total += days
            agreed += days if any(_same(row["leader"], term) for term in serving) else 0
    assert agreed / total >= 0.975
