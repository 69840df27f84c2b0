"""Weigh the competing hypotheses about a pair: getting better, getting worse, unchanged.

The form is Heuer's analysis of competing hypotheses (*Psychology of Intelligence Analysis*, CIA 1999, ch. 8): all
hypotheses against all evidence, diagnosticity shown, sensitivity to single pieces tested. The weighing is Bayes' rule
over likelihoods (Good, *Probability and the Weighing of Evidence*, 1950). See ``docs/assessment.md``.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from detente.assessment.contact import contact
from detente.assessment.likelihoods import HYPOTHESES, Likelihoods, Rules, likelihoods
from detente.assessment.model import Assessment, Hypothesis, Voice
from detente.assessment.posterior import posterior, without_one
from detente.assessment.voices import current, voices
from detente.record import Record
from detente.world import name_of


def assess(record: Record, pair: tuple[str, str], as_of: date, table: Likelihoods | None = None) -> Assessment:
    """Weigh the hypotheses about a pair of actor codes from what the record held at the end of ``as_of``.

    Args:
        record: The record; reports without a publishing date are left out, as in every ``as_of`` question.
        pair: Two different actor codes, in any order.
        as_of: The day.
        table: Another table of likelihoods and rules than the one that ships with the project.

    Returns:
        The assessment; without probabilities when there are too few independent voices, and then ``why`` says so.
    """
    table = table or likelihoods()
    since = as_of - timedelta(days=table.rules.window_days)
    claims = record.relation_claims((min(pair), max(pair)), as_of)
    counted = current(claims, since)
    found = voices(record, counted, as_of, table)
    short = _short(found, table.rules)
    return Assessment(
        pair=pair,
        names=(name_of(pair[0]), name_of(pair[1])),
        as_of=as_of,
        since=since,
        enough=not short,
        why=short or f"{_counted(len(found), 'independent voice')} through {_counted(_outlets(found), 'outlet')}",
        hypotheses=_weighed(found, table) if not short else _open(),
        voices=found,
        earlier=len(claims) - len(counted),
        contact=contact(record, pair, since, as_of),
    )


def _short(found: Sequence[Voice], rules: Rules) -> str:
    """Say why there is no posterior; nothing when there is enough for one."""
    missed = [
        f"{_counted(have, noun)} (needs {need})"
        for have, need, noun in (
            (len(found), rules.voices, "independent voice"),
            (_outlets(found), rules.outlets, "outlet"),
        )
        if have < need
    ]
    return f"too little to weigh: {', '.join(missed)} in {rules.window_days} days" if missed else ""


def _outlets(found: Sequence[Voice]) -> int:
    return len({voice.publisher or voice.document for voice in found})


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _open() -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(each, 1 / len(HYPOTHESES), None, None, None, None) for each in HYPOTHESES)


def _weighed(found: Sequence[Voice], table: Likelihoods) -> tuple[Hypothesis, ...]:
    evidence = [voice.likelihoods for voice in found]
    low, high = without_one(evidence)
    columns = (posterior(()), posterior(evidence), low, high, posterior(evidence, table.rules.weaker))
    return tuple(Hypothesis(each, *column) for each, *column in zip(HYPOTHESES, *columns, strict=True))
