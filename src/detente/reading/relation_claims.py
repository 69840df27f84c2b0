"""Claims about the state of a relation or its movement, by a lexicon of relation words over the parse.

The words are in ``data/relation_claims.toml``. A claim's factuality and date are those of the word that carries it.
"""

from spacy.tokens import Token

from detente.model.codes import Factuality
from detente.model.reading import RelationClaim
from detente.model.span import Span
from detente.reading.events_dates import Dates
from detente.reading.factuality import factuality_of
from detente.reading.page import Page
from detente.reading.relation_claims_moves import move_sign
from detente.reading.relation_claims_nouns import noun_sign, pronoun_sign
from detente.reading.relation_claims_parties import Parties
from detente.reading.relation_claims_sign import Sign
from detente.reading.stages import Findings
from detente.reading.syntax import is_verbal

_INTENDING = frozenset({"want", "hope", "wish", "try", "seek", "aim", "like", "intend", "mean", "work", "attempt"})


class RuleRelations:
    """Implements :class:`detente.reading.stages.RelationStage` by rules."""

    def find(self, page: Page, findings: Findings) -> tuple[RelationClaim, ...]:
        """Return the relation claims of a page in text order; one per sentence, pair and direction."""
        parties = Parties(findings, [s.span.start for s in page.sentences])
        dates = Dates(page, findings.times)
        claims: dict[tuple[Span, tuple[str, str], str], RelationClaim] = {}
        for index, tokens in enumerate(page.sentence_tokens):
            for token in tokens:
                sign = _sign(token, parties)
                if sign is None:
                    continue
                for pair in parties.pairs(sign, index):
                    claim = _written(sign, pair, page, findings, dates)
                    claims.setdefault((claim.sentence, pair, claim.direction), claim)
                    parties.last = pair
        return tuple(claims.values())


def _sign(token: Token, parties: Parties) -> Sign | None:
    found = noun_sign(token, parties) or move_sign(token, parties)
    if found is None and is_verbal(token) and parties.last is not None:
        return pronoun_sign(token)
    return found


def _written(sign: Sign, pair: tuple[str, str], page: Page, findings: Findings, dates: Dates) -> RelationClaim:
    evidence = page.span(sign.evidence)
    around = findings.statement_around(page.span_between(sign.anchor, sign.anchor))
    return RelationClaim(
        evidence=evidence,
        sentence=page.sentence_of(sign.anchor).span,
        dyad=pair,
        direction=sign.direction,
        factuality=_factuality(sign, page),
        date=dates.of(sign.anchor),
        statement=around.id if around is not None else None,
        frame=sign.why.partition(":")[0],
        why=sign.why,
    )


def _factuality(sign: Sign, page: Page) -> Factuality:
    """Return the anchor's factuality; a wedge told in an infinitive is an attempt, hence planned.

    What somebody wants or tries is as sure as the wanting: "may want to divide" is possible, "wants to" planned.
    """
    attempt = sign.wedge and any(c.lower_ == "to" and c.dep_ == "aux" for c in sign.anchor.lefts)
    if not attempt:
        return factuality_of(sign.anchor, page)
    head = sign.anchor.head
    found = factuality_of(head if head.lemma_ in _INTENDING else sign.anchor, page)
    return Factuality.PLANNED if found is Factuality.FACT else found
