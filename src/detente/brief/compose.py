"""The brief of a pair: gather what the record holds, judge how much can be said, write each section."""

from datetime import date

from detente.assessment.speakers import Speakers
from detente.brief.dossier import Dossier, gather
from detente.brief.model import Brief, Coverage
from detente.brief.notes import Notes
from detente.brief.phrases import listed
from detente.brief.sections.acts import acts, tallies
from detente.brief.sections.around import absences, open_questions, third_parties
from detente.brief.sections.claims import claims
from detente.brief.sections.conduct import contradictions, words_and_deeds
from detente.brief.sections.summary import summary
from detente.brief.sections.trend import trend
from detente.brief.sections.voices import reasons, voices
from detente.brief.sections.weighing import weighing
from detente.brief.thresholds import thresholds
from detente.record import Record
from detente.relations.evidence import thresholds as needed_acts
from detente.relations.series import PairSeries, pair_series
from detente.world import name_of


def brief(record: Record, pair: tuple[str, str], as_of: date) -> Brief:
    """Write the brief about a pair of actor codes from what the record held at the end of ``as_of``.

    Every line carries numbers that lead to sentences; a line whose evidence cannot be shown is not made.
    """
    limits = thresholds().lists
    dossier = gather(record, pair, as_of, limits.third_parties)
    notes, speakers = Notes(), Speakers(record)
    cover = coverage(dossier, record)
    claimed = claims(dossier, record, notes, limits.claims)
    moved = trend(dossier, record, notes, cover, limits.shifts)
    done, unlisted = acts(dossier, record, notes, speakers, limits.acts)
    compared = words_and_deeds(dossier, notes, thresholds().words_and_deeds)
    said = voices(dossier, record, notes, speakers, limits.voices)
    official = [next((v.line for v in said if v.official and v.speaker == code), None) for code in pair]
    return Brief(
        pair=pair,
        names=(name_of(pair[0]), name_of(pair[1])),
        as_of=as_of,
        coverage=cover,
        summary=summary(pair, claimed, done, (*moved.shifts[-1:], *compared[:1], *(line for line in official if line))),
        claims=claimed,
        acts=done,
        tallies=tallies(dossier),
        words_and_deeds=compared,
        reasons=reasons(dossier, record, notes, speakers, limits.reasons),
        voices=tuple(voice.line for voice in said),
        contradictions=contradictions(dossier, claimed, notes, limits.contradictions),
        third_parties=third_parties(dossier, notes),
        shifts=moved.shifts,
        leaders=moved.leaders,
        weighing=weighing(dossier, record, notes, limits.voices),
        open_questions=open_questions(dossier, notes, limits.questions),
        absences=(*absences(dossier, cover, {v.speaker for v in said if v.official}), *moved.absences),
        unlisted=unlisted,
        evidence=notes.evidence(record),
    )


def coverage(dossier: Dossier, record: Record) -> Coverage:
    """Judge what the dossier rests on and whether it carries a trend: reports, publishers, and the series of acts."""
    found = dossier.documents.values()
    days = sorted(f.known for f in found if f.known)
    publishers = tuple(dict.fromkeys(f.publisher for f in found if f.publisher))
    series = pair_series(record, *dossier.pair, selection=dossier.selection, with_volume=False)
    short = _shortfalls(len(found), len(publishers), series)
    return Coverage(
        documents=len(found),
        publishers=publishers,
        copies=sum({f.document: f.copies for f in found}.values()),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        watched=dossier.watched,
        enough=not short,
        why=_standing(short, len(found)),
    )


def _shortfalls(documents: int, publishers: int, series: PairSeries) -> list[str]:
    """Say what is missing for a trend: reports, publishers, dated acts; else what the series itself lacks."""
    need = thresholds().trend
    short = [
        f"{have} of the {least} {nouns} that it takes"
        for have, least, nouns in (
            (documents, need.documents, "reports"),
            (publishers, need.publishers, "publishers"),
            (series.acts, needed_acts().trend_acts, "dated acts"),
        )
        if have < least
    ]
    verdict = series.trend_verdict()
    return short or ([] if verdict.enough else [verdict.why.removeprefix("too little evidence for a trend: ")])


def _standing(short: list[str], documents: int) -> str:
    if documents == 0:
        return "The record holds no report that says anything about this pair."
    if not short:
        return "Enough evidence for a series; every line below rests on the sentences that it names."
    one = "what follows is what one report says" if documents == 1 else "what follows is what the reports say"
    if len(short) > 1:  # "that it takes" once is enough
        short = [part.removesuffix(" that it takes") for part in short[:-1]] + short[-1:]
    return f"Too little evidence for a trend ({listed(short)}); {one}."
