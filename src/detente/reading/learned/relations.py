"""Learned relation claims: the words that carry a claim are tagged, then its two states, direction and factuality.

The model corrects the direction of the rules' claims and adds those that they miss.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from detente.model.actor import STATELESS, Mention
from detente.model.codes import Direction, Factuality
from detente.model.reading import RelationClaim, Sentence
from detente.model.span import Span
from detente.reading.events_dates import Dates
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.cast import mention_heads
from detente.reading.learned.encoder import EncodedWindow, Encoder
from detente.reading.learned.statements import tells
from detente.reading.page import Page
from detente.reading.relation_claims import RuleRelations
from detente.reading.stages import Findings

DIRECTIONS, FACTS = tuple(Direction), tuple(Factuality)
_WAITING = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "SCONJ"})
"""Parts of speech that evidence does not end with."""


@dataclass(frozen=True)
class LearnedRelations:
    """Implements :class:`detente.reading.stages.RelationStage` by the encoder."""

    encoder: Encoder = field(default_factory=Encoder)
    rules: RuleRelations | None = field(default_factory=RuleRelations)
    """Rules whose claims come first; None for the model alone."""
    least: float = 0.6
    """Evidence that the model holds less probable is left out."""
    least_of_rules: float = 0.5
    """Claims of the rules are left out when the model holds their evidence less probable than this."""

    def find(self, page: Page, findings: Findings) -> tuple[RelationClaim, ...]:
        """Return the relation claims of a page in text order; one per sentence, pair and direction."""
        ruled = self.rules.find(page, findings) if self.rules is not None else ()
        sure = [r for r in ruled if self.encoder.weight(page, r.evidence, "relation.d") >= self.least_of_rules]
        kept = [replace(r, evidence=whole(r.evidence, page)) for r in sure]
        dates = Dates(page, findings.times)
        read = [c for window in self.encoder.of(page) for c in self._of_window(window, page, findings, dates)]
        claims: dict[tuple[Span, tuple[str, str], Direction], RelationClaim] = {}
        for claim in [*(_directed(r, read) for r in kept), *(c for c in read if not any(_same(c, r) for r in ruled))]:
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
        seen = self.encoder.links(window, found, [piece for _, piece in heads])
        classes = self.encoder.classes(window, found)
        directions, facts = (classes[layer].argmax(-1) for layer in ("direction.d", "rfact.d"))
        for n, pieces in enumerate(found):
            evidence = whole(window.span(pieces, page), page)
            if not tells(evidence, page):
                continue
            probability = 1 - float(tags[pieces[0] : pieces[1], 0].min())
            root = page.root_of(evidence)
            around = findings.statement_around(evidence)
            for dyad in _dyads(_near(heads, seen[n], page.sentence_of(root))):
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


def whole(span: Span, page: Page) -> Span:
    """Return evidence on to what its last word waits for: "relations with" whom, "relations are" how."""
    last = page.tokens_in(span)[-1]
    while last.pos_ in _WAITING or last.dep_ == "poss":
        after = last.head if last.head.i > last.i else next((t for t in last.rights if not t.is_punct), None)
        if after is None:
            break
        last = after
    return Span(span.document, span.start, max(span.end, last.idx + len(last)))


def _directed(ruled: RelationClaim, read: list[RelationClaim]) -> RelationClaim:
    """Return a rule's claim with the direction that the model reads for its pair in its sentence, if it reads one."""
    found = [c for c in read if c.sentence == ruled.sentence and c.dyad == ruled.dyad]
    return replace(ruled, direction=found[0].direction, probability=found[0].probability) if found else ruled


def _same(one: RelationClaim, other: RelationClaim) -> bool:
    """Tell whether two claims of a sentence share the pair or words of their evidence."""
    return one.sentence == other.sentence and (one.dyad == other.dyad or one.evidence.overlaps(other.evidence))


def _near(heads: list[tuple[Mention, int]], shares: Floats, sentence: Sentence) -> list[tuple[Mention, float]]:
    """Return the mentions up to the end of a sentence with how probably each takes part."""
    pairs = zip(heads, shares, strict=True)
    return [(m, float(share)) for (m, _), share in pairs if m.head.start < sentence.span.end]


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
