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
    Factuality.FACT: "asserted",
    Factuality.POSSIBLE: "hedged",
    Factuality.PLANNED: "as an aim or plan",
    Factuality.DENIED: "denied",
}
_QUADS = {
    QuadClass.VERBAL_COOPERATION: "cooperative words",
    QuadClass.MATERIAL_COOPERATION: "cooperative deeds",
    QuadClass.VERBAL_CONFLICT: "hostile words",
    QuadClass.MATERIAL_CONFLICT: "hostile deeds",
}


def claimed(voice: Voice) -> str:
    """Return what a voice says of the relation, such as "getting better, denied"."""
    return f"{HYPOTHESIS[voice.direction]}, {_SURE[voice.factuality]}"


def weight(voice: Voice) -> str:
    """Return the diagnosticity, such as "better 3.2 · worse 0.33 · unchanged 0.65"."""
    names = {Direction.STABLE: "unchanged"}
    return " · ".join(
        f"{names.get(each, each.value)} {ratio:.2g}" for each, ratio in zip(HYPOTHESES, voice.ratios, strict=True)
    )


def percent(value: float) -> str:
    """Return a probability such as "7%"; never 0 or 100, which no evidence of this kind makes."""
    if value < 0.005:
        return "<1%"
    return ">99%" if value > 0.995 else f"{value:.0%}"


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
