"""The parts that score reading against gold: development dispatches, the bundled corpus, mentions and times."""

from bench.figures import Figure
from bench.floor import compare
from bench.gold import Pairs
from bench.mentions import MEASURES, measure
from bench.readers import reader_named

from detente.evaluation.scoring import Scorer

TARGETS: dict[str, tuple[float, ...]] = {
    "event.strict": (0.40, 0.58),
    "event.dyad": (0.55, 0.70),
    "event.factuality": (0.85, 0.90),
    "event.factuality (gold not fact)": (0.55, 0.70),
    "event.date": (0.70,),
    "statement.who": (0.55, 0.70),
    "statement.speaker": (0.85,),
    "relation.strict": (0.40, 0.60),
    "cause.strict": (0.30, 0.45),
}
"""What was set for the first reader, and for its successor where that differs."""

SPOKEN = {
    "source here": "event's source among the actors of its sentence",
    "source in reach": "event's source among those of 600 characters before, too",
    "target here": "event's target among the actors of its sentence",
    "target in reach": "event's target among those of 600 characters before, too",
    "speaker": "speaker of a statement from the mention at its source",
    "date": "event's date among the times of its sentence, where it has any",
}


def dispatches(pairs: Pairs, reader: str, with_targets: bool) -> tuple[Figure, ...]:
    """Score a reader over gold dispatches, with the floor for what it can do.

    Args:
        pairs: Documents and their gold readings.
        reader: ``"rules"`` or ``"learned"``.
        with_targets: Whether these are the texts for which the targets were set.
    """
    floor, ours = compare(pairs, reader_named(reader))
    return tuple(_figures(ours, floor, TARGETS if with_targets else {}))


def _figures(ours: Scorer, floor: Scorer, targets: dict[str, tuple[float, ...]]) -> list[Figure]:
    figures = [
        Figure(
            f"{name} F1",
            agreement.f1,
            targets=targets.get(name, ()),
            floor=floor.agreements[name].f1 if name.startswith("event.") else None,
            over=f"{agreement.gold} gold, {agreement.predicted} found",
        )
        for name, agreement in ours.agreements.items()
    ]
    for name, share in ours.accuracies.items():
        lowest = floor.accuracies.get(name) if name.startswith("event.") else None
        figures.append(
            Figure(
                f"{name}, share right",
                share.accuracy,
                targets=targets.get(name, ()),
                floor=lowest.accuracy if lowest else None,
                over=f"{share.of} compared",
            )
        )
    return figures


def mentions(pairs: Pairs) -> tuple[Figure, ...]:
    """Measure whether the gold actors, speakers and dates are there to be used."""
    counts, seconds = measure(pairs)
    shares = tuple(
        Figure(SPOKEN[name], counts[name] / counts[f"{name} of"], over=str(counts[f"{name} of"])) for name in MEASURES
    )
    cost = Figure("time of mentions and times, parsing aside", 1000 * seconds / len(pairs), 1, "ms of CPU a report")
    return (*shares, cost)
