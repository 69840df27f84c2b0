"""Who says what: attribution by rules over quotations, cue verbs, cue nouns and phrases.

Sources, cues and contents follow PolNeAR (Newell, Margolin & Ruths 2018); the lexicon is ``data/statements.toml``.
"""

from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.actor import STATELESS, Mention
from detente.model.reading import Statement
from detente.model.span import Span
from detente.reading.page import Page
from detente.reading.stages import Findings
from detente.reading.statements_attribution import Attribution
from detente.reading.statements_clauses import clause_statements
from detente.reading.statements_phrases import phrase_statements
from detente.reading.statements_quotes import Quotation, quotations, quoted_statements
from detente.reading.statements_source import naming
from detente.reading.statements_stance import form_of, stance_of
from detente.reading.syntax import conjuncts


class RuleStatements:
    """Implements :class:`detente.reading.stages.StatementStage` by rules."""

    def find(self, page: Page, findings: Findings) -> tuple[Statement, ...]:
        """Return the statements of a page in text order."""
        found = quotations(page)
        ordinary = [a for tokens in page.sentence_tokens for a in _ordinary(tokens, findings)]
        attributions = quoted_statements(page, found, ordinary)
        carried = {a.cue.start for a in attributions if not a.carried}
        attributions += [a for a in ordinary if a.cue.start not in carried]
        quoted = _quoted_tokens(found)
        statements = [s for a in attributions for s in _written(a, page, findings, quoted)]
        return _nested(_distinct(statements))


def _ordinary(sentence: Tokens, findings: Findings) -> list[Attribution]:
    return [*clause_statements(sentence, findings), *phrase_statements(sentence)]


def _quoted_tokens(found: list[Quotation]) -> set[int]:
    return {token.i for quotation in found for token in quotation.inner}


def _written(a: Attribution, page: Page, findings: Findings, quoted: set[int]) -> list[Statement]:
    content = tuple(page.span(part) for part in a.content)
    form, stance = form_of(a.content, quoted), stance_of(a.stance, a.content)
    sentence = _covering(page, a)
    return [
        Statement(
            source=page.span(naming(token)),
            cue=page.span(a.cue),
            content=content,
            sentence=sentence,
            speaker=code,
            form=form,
            stance=stance,
            source_mention=mention.id if mention is not None else None,
            why=a.why,
        )
        for token, mention, code in _speakers(a.source, page, findings)
    ]


def _speakers(head: Token, page: Page, findings: Findings) -> list[tuple[Token, Mention | None, str]]:
    """Return one (naming head, mention, code) per state behind a source."""
    found: dict[str, tuple[Token, Mention | None, str]] = {}
    for token in conjuncts(head):
        mention = findings.mention_at(token)
        for code in _codes(token, mention, page, findings):
            found.setdefault(code, (token, mention, code))
    return list(found.values())


def _codes(token: Token, mention: Mention | None, page: Page, findings: Findings) -> tuple[str, ...]:
    if mention is not None:
        return mention.codes
    inside = findings.mentions_in(page.span(naming(token)))
    return inside[0].codes[:1] if inside else (STATELESS,)


def _covering(page: Page, a: Attribution) -> Span:
    spans = [page.sentence_of(tokens[0]).span for tokens in (a.cue, *a.content)]
    spans += [page.sentence_of(part[-1]).span for part in a.content]
    return Span(page.document.id, min(s.start for s in spans), max(s.end for s in spans))


def _distinct(statements: list[Statement]) -> list[Statement]:
    by_key: dict[tuple[Span, str, tuple[Span, ...]], Statement] = {}
    for statement in statements:
        by_key.setdefault((statement.cue, statement.speaker, statement.content), statement)
    return sorted(by_key.values(), key=lambda s: (s.content[0].start, -s.content[-1].end, s.cue.start))


def _nested(statements: list[Statement]) -> tuple[Statement, ...]:
    """Give each statement as parent the innermost other statement in whose content it stands with its cue."""
    return tuple(replace(s, parent=_parent(s, statements)) for s in statements)


def _parent(inner: Statement, statements: list[Statement]) -> str | None:
    around = [
        s
        for s in statements
        if s is not inner and any(part.contains(inner.cue) and part.contains(inner.content[0]) for part in s.content)
    ]
    return min(around, key=lambda s: sum(p.end - p.start for p in s.content)).id if around else None
