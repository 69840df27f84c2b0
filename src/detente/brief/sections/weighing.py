"""How the claims about the pair weigh against one another: the assessment in a few lines, each with its evidence."""

from detente.assessment import Assessment, Hypothesis, Voice, assess
from detente.assessment.words import HYPOTHESIS, claimed, percent, weight
from detente.brief.dossier import Dossier
from detente.brief.model import Line
from detente.brief.notes import Notes
from detente.record import Record


def weighing(dossier: Dossier, record: Record, notes: Notes, limit: int) -> tuple[Line, ...]:
    """Return the probabilities, or that there are too few voices for any, then what each voice contributes.

    Without a voice there is no line: the absence of claims has no sentence to lead to.
    """
    found = assess(record, dossier.pair, dossier.as_of)
    if not found.voices:
        return ()
    cited = [notes.cite(voice.sentence, voice.evidence) for voice in found.voices]
    head = Line(_head(found), tuple(dict.fromkeys(cited)))
    if not found.enough:
        return (head,)
    return head, *(Line(_voice(voice), (n,)) for voice, n in list(zip(found.voices, cited, strict=True))[:limit])


def _head(found: Assessment) -> str:
    if not found.enough:
        return f"{found.why[:1].upper()}{found.why[1:]}; no probability is given."
    parts = "; ".join(map(_probability, found.hypotheses))
    return f"{found.why}, each counted once, on judged likelihoods: {parts}."


def _probability(each: Hypothesis) -> str:
    if each.posterior is None or each.low is None or each.high is None or each.weak is None:
        return f"{HYPOTHESIS[each.direction]}: not weighed"
    spread = f"{percent(each.low)} to {percent(each.high)} without any one voice"
    return (
        f"{HYPOTHESIS[each.direction]} {percent(each.posterior)} ({spread}, {percent(each.weak)} if voices weigh half)"
    )


def _voice(voice: Voice) -> str:
    name = f"{voice.name[:1].upper()}{voice.name[1:]}"
    return f"{name}: {claimed(voice)} (likelihood ratios: {weight(voice)})."
