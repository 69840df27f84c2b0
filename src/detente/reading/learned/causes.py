"""Learned causal claims: causes are tagged, then the effect and the signal of each as seen from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.model.reading import CausalClaim
from detente.model.span import Span
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.learned.statements import covering, tells, trimmed
from detente.reading.page import Page
from detente.reading.stages import Findings


@dataclass(frozen=True)
class LearnedCauses:
    """Implements :class:`detente.reading.stages.CauseStage` by the encoder."""

    encoder: Encoder = field(default_factory=Encoder)
    least: float = 0.4
    """Claims whose cause is less probable are left out."""

    def find(self, page: Page, findings: Findings) -> tuple[CausalClaim, ...]:
        """Return the causal claims of a page in text order."""
        found: dict[tuple[Span, Span], CausalClaim] = {}
        for window in self.encoder.of(page):
            for claim in self._of_window(window, page, findings):
                found.setdefault((claim.cause, claim.effect), claim)
        return tuple(sorted(found.values(), key=lambda c: (c.cause.start, c.effect.start)))

    def _of_window(self, window: EncodedWindow, page: Page, findings: Findings) -> Iterator[CausalClaim]:
        tags = self.encoder.tags(window, "cause.d")
        causes = [(a, b) for _, a, b in spans_of(tags, self.least)]
        if not causes:
            return
        for cause, seen in zip(causes, self.encoder.seen_from(window, "causal.d", causes), strict=True):
            claim = _claim(cause, seen, window, page, findings, 1 - float(tags[cause[0], 0]))
            if claim is not None:
                yield claim


def _claim(
    cause: Range, seen: Floats, window: EncodedWindow, page: Page, findings: Findings, probability: float
) -> CausalClaim | None:
    """Return the claim with the likeliest effect, or None where either side says nothing."""
    text = page.document.text
    spans = spans_of(seen)
    named = trimmed(window.span(cause, page), text)
    signals = [window.span((a, b), page) for kind, a, b in spans if kind == 1]
    effects = [
        (float(seen[a:b, 1:3].sum(-1).mean()), span)
        for kind, a, b in spans
        if kind == 0 and (span := trimmed(window.span((a, b), page), text)) is not None and tells(span, page)
    ]
    if named is None or not tells(named, page) or not effects:
        return None
    effect = max(effects, key=lambda e: e[0])[1]
    if effect.overlaps(named):
        return None
    around = findings.statement_around(named) or findings.statement_around(effect)
    return CausalClaim(
        cause=named,
        effect=effect,
        sentence=covering(page, (named, effect)),
        signal=signals[0] if signals else None,
        statement=around.id if around is not None else None,
        frame="learned",
        why=f"learned: cause tagged with probability {probability:.2f}",
        probability=round(probability, 3),
    )
