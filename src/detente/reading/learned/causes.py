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

_WAITING = frozenset({"ADP", "DET", "CCONJ", "SCONJ"})


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
    spans = spans_of(seen)
    named = side_of(window.span(cause, page), page)
    signals = [window.span((a, b), page) for kind, a, b in spans if kind == 1]
    effects = [
        (float(seen[a:b, 1:3].sum(-1).mean()), span)
        for kind, a, b in spans
        if kind == 0 and (span := side_of(window.span((a, b), page), page)) is not None
    ]
    if named is None or not effects:
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


def side_of(span: Span, page: Page) -> Span | None:
    """Return what a span says without the words at its end that wait for more ("a meeting on the"); None if nothing."""
    found = trimmed(span, page.document.text)
    if found is None or not tells(found, page):
        return None
    last = page.tokens_in(found)[-1]
    while last.pos_ in _WAITING and last.dep_ != "prt":
        last = last.nbor(-1)
    return trimmed(Span(found.document, found.start, min(found.end, last.idx + len(last))), page.document.text)
