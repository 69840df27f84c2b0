"""Claims that one thing led to another, by explicit markers and causative verbs.

The markers are in ``data/causal_claims.toml``. Cause and effect are the shortest stretches that name the two.
"""

from collections.abc import Iterable

from spacy.tokens import Span as Tokens

from detente.model.reading import CausalClaim
from detente.model.span import Span
from detente.reading.causal_claims_link import Link
from detente.reading.causal_claims_markers import marked_links
from detente.reading.causal_claims_spans import trimmed
from detente.reading.causal_claims_verbs import verb_links
from detente.reading.page import Page
from detente.reading.stages import Findings


class RuleCauses:
    """Implements :class:`detente.reading.stages.CauseStage` by rules."""

    def find(self, page: Page, findings: Findings) -> tuple[CausalClaim, ...]:
        """Return the causal claims of a page in text order, at most one per pair of cause and effect."""
        found: dict[tuple[Span, Span], CausalClaim] = {}
        for sentence in page.sentence_tokens:
            for link in _links(sentence, findings):
                claim = _written(link, page, findings)
                if claim is not None:
                    found.setdefault((claim.cause, claim.effect), claim)
        return tuple(sorted(found.values(), key=lambda c: (c.cause.start, c.effect.start)))


def _links(sentence: Tokens, findings: Findings) -> Iterable[Link]:
    yield from marked_links(sentence)
    yield from verb_links(sentence, findings)


def _written(link: Link, page: Page, findings: Findings) -> CausalClaim | None:
    parts = [trimmed(link.cause), trimmed(link.effect)]
    if not all(part.text.strip() for part in parts) or (link.signal is not None and not link.signal):
        return None
    cause, effect = (page.span(part) for part in parts)
    if cause.overlaps(effect):
        return None
    spans = [page.sentence_of(t).span for part in parts for t in part if not t.is_space]
    sentence = Span(page.document.id, min(s.start for s in spans), max(s.end for s in spans))
    around = findings.statement_around(cause) or findings.statement_around(effect)
    return CausalClaim(
        cause=cause,
        effect=effect,
        sentence=sentence,
        signal=page.span(link.signal) if link.signal is not None else None,
        statement=around.id if around is not None else None,
        frame=link.why.partition(":")[0],
        why=link.why,
    )
