"""How hypotheses, claims and their weight are put into words, alike in terminal, brief and pages."""

from detente.assessment.likelihoods import HYPOTHESES
from detente.assessment.model import Contact, Voice
from detente.model.codes import Direction, Factuality, QuadClass

HYPOTHESIS = {
    Direction.BETTER: "getting better",
    Direction.WORSE: "getting worse",
    Direction.STABLE: "unchanged",
}
_SURE = {
    Factuality.FACT: "asserts that it is {}",
    Factuality.POSSIBLE: "says with hedges that it is {}",
    Factuality.PLANNED: "speaks of the aim that it be {}",
    Factuality.DENIED: "denies that it is {}",
}
_QUADS = {
    QuadClass.VERBAL_COOPERATION: "cooperative words",
    QuadClass.MATERIAL_COOPERATION: "cooperative deeds",
    QuadClass.VERBAL_CONFLICT: "hostile words",
    QuadClass.MATERIAL_CONFLICT: "hostile deeds",
}


def claimed(voice: Voice) -> str:
    """Return a clause such as "denies that it is getting better"; "it" is the relation of the pair."""
    return _SURE[voice.factuality].format(HYPOTHESIS[voice.direction])


def weight(voice: Voice) -> str:
    """Return the diagnosticity, such as "better 3.2 · worse 0.33 · unchanged 0.65"."""
    names = {Direction.STABLE: "unchanged"}
    return " · ".join(
        f"{names.get(each, each.value)} {ratio:.2g}" for each, ratio in zip(HYPOTHESES, voice.ratios, strict=True)
    )


def contact(counts: Contact) -> str:
    """Return the acts of the window in one sentence."""
    if not counts.cooperative + counts.hostile:
        text = "Acts in the same window: none told as facts and dated to the month"
    else:
        kinds = ", ".join(f"{count} {_QUADS[quad]}" for quad, count in counts.counts if count)
        text = (
            f"Acts in the same window, not part of the reckoning: {counts.cooperative} cooperative, "
            f"{counts.hostile} hostile ({kinds})"
        )
    return f"{text}; {counts.undated} more are not dated to a month." if counts.undated else f"{text}."
