"""Learned relation claims: the words that carry a claim are tagged, then its two states, direction and factuality."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from detente.model.actor import STATELESS, Mention
from detente.model.codes import Direction, Factuality
from detente.model.reading import RelationClaim
from detente.reading.events_dates import Dates
from detente.reading.learned.arrays import spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder
from detente.reading.page import Page
from detente.reading.relation_claims import RuleRelations
from detente.reading.stages import Findings

DIRECTIONS, FACTS = tuple(Direction), tuple(Factuality)


@dataclass(frozen=True)
class LearnedRelations:
    """Implements :class:`detente.reading.stages.RelationStage` by the encoder."""

    encoder: Encoder = field(default_factory=Encoder)
    rules: RuleRelations | None = field(default_factory=RuleRelations)
    """Rules whose claims come first; None for the model alone."""
    least: float = 0.5
    """Evidence that the model holds less probable is left out."""
    least_of_rules: float = 0.2
    """Claims of the rules are left out when the model holds their evidence less probable than this."""

    def find(self, page: Page, findings: Findings) -> tuple[RelationClaim, ...]:
        """Return the relation claims of a page in text order; one per sentence, pair and direction."""
        ruled = self.rules.find(page, findings) if self.rules is not None else ()
        kept = [r for r in ruled if self.encoder.weight(page, r.evidence, "relation.d") >= self.least_of_rules]
        claims = {(r.sentence, r.dyad, r.direction): r for r in kept}
        dates = Dates(page, findings.times)
        for window in self.encoder.of(page):
            for claim in self._of_window(window, page, findings, dates):
                if not any(_same(claim, other) for other in ruled):
                    claims.setdefault((claim.sentence, claim.dyad, claim.direction), claim)
        return tuple(sorted(claims.values(), key=lambda c: (c.evidence.start, c.dyad)))

    def _of_window(
        self, window: EncodedWindow, page: Page, findings: Findings, dates: Dates
    ) -> Iterator[RelationClaim]:
        tags = self.encoder.tags(window, "relation.d")
        found = [(a, b) for _, a, b in spans_of(tags, self.least)]
        if not found:
            return
        heads = mention_heads(window, findings)
        seen = self.encoder.seen_from(window, "relation.d", found)
        directions = self.encoder.classes(window, "direction.d", found).argmax(-1)
        facts = self.encoder.classes(window, "rfact.d", found).argmax(-1)
        for n, pieces in enumerate(found):
            evidence = window.span(pieces, page)
            probability = 1 - float(tags[pieces[0] : pieces[1], 0].min())
            root = page.tokens_in(evidence).root
            around = findings.statement_around(evidence)
            for dyad in _dyads([(m, float(seen[n, piece, 1])) for m, piece in heads]):
                yield RelationClaim(
                    evidence=evidence,
                    sentence=page.sentence_of(root).span,
                    dyad=dyad,
                    direction=DIRECTIONS[directions[n]],
                    factuality=FACTS[facts[n]],
                    date=dates.of(root),
                    statement=around.id if around is not None else None,
                    frame="learned",
                    why=f"learned: evidence tagged with probability {probability:.2f}",
                    probability=round(probability, 3),
                )


def _same(one: RelationClaim, other: RelationClaim) -> bool:
    """Tell whether two claims of a sentence share the pair or words of their evidence."""
    return one.sentence == other.sentence and (one.dyad == other.dyad or one.evidence.overlaps(other.evidence))


def mention_heads(window: EncodedWindow, findings: Findings) -> list[tuple[Mention, int]]:
    """Return the mentions of a window that name an actor, each with the first piece of its head."""
    heads = []
    for mention in findings.mentions:
        found = window.range_of(mention.head.start, mention.head.end) if mention.actors else None
        if found:
            heads.append((mention, found[0]))
    return heads


def _dyads(parts: list[tuple[Mention, float]]) -> list[tuple[str, str]]:
    """Return the pairs among the codes that take part; the two likeliest when fewer than two are above one half."""
    weights: dict[str, float] = {}
    for mention, probability in parts:
        for code in mention.codes:
            if code != STATELESS:
                weights[code] = max(weights.get(code, 0.0), probability)
    ranked = sorted(weights, key=lambda c: (-weights[c], c))
    chosen = [c for c in ranked if weights[c] >= 0.5][:3]
    if len(chosen) < 2:
        chosen = [c for c in ranked[:2] if weights[c] >= 0.2]
    return [(min(a, b), max(a, b)) for a, b in combinations(chosen, 2)]
