"""What a speaker does with a content: the cue's class first, then the words of the content itself."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Form, Stance
from detente.reading.statements_lexicon import statement_lexicon

QUOTES = frozenset('"“”„«»')


def stance_of(cue: Stance, content: tuple[Tokens, ...]) -> Stance:
    """Return the stance of a statement.

    A cue that denies, calls or hedges settles it. Under a plain cue the root clause of the content decides, in this
    order: a hedging modal or adverb, a verb in the future, an imperative, a negation of its verb or its arguments.
    """
    if cue in (Stance.DENY, Stance.CALL, Stance.HEDGE):
        return cue
    words = _root_words(content)
    lexicon = statement_lexicon()
    if any(w.lower_ in lexicon.hedges for w in words) or any(w.lemma_ in lexicon.hedge_verbs for w in words):
        return Stance.HEDGE
    if cue is Stance.PREDICT:
        return cue
    if any(w.lower_ in lexicon.falsehoods for w in words):
        return Stance.DENY
    if any(w.lower_ in lexicon.future and w.tag_ == "MD" and not _is_wish(w) for w in words):
        return Stance.PREDICT
    if _is_imperative(content):
        return Stance.CALL
    if any(w.lower_ in lexicon.negations for w in words):
        return Stance.DENY
    return cue


def _is_wish(modal: Token) -> bool:
    return modal.lower_ in ("would", "'d", "’d") and modal.head.lemma_ in ("like", "prefer", "love", "rather")


def _root_words(content: tuple[Tokens, ...]) -> list[Token]:
    """Return the root verb of the longest part with its direct dependents (and theirs, but no further clauses)."""
    longest = max(content, key=len)
    root = longest.root
    words = [root]
    for child in root.children:
        if child in longest and child.dep_ not in ("conj", "advcl", "ccomp", "relcl", "parataxis"):
            words.append(child)
            words.extend(c for c in child.children if c.dep_ in ("det", "neg"))
    return words


def _is_imperative(content: tuple[Tokens, ...]) -> bool:
    root = max(content, key=len).root
    return root.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in root.children)


def form_of(content: tuple[Tokens, ...], quoted: set[int]) -> Form:
    """Return whether a content stands wholly, partly or not at all within quotation marks."""
    words = [token.i for part in content for token in part if not token.is_punct]
    inside = sum(i in quoted for i in words)
    if inside == 0:
        return Form.INDIRECT
    return Form.DIRECT if inside == len(words) else Form.MIXED
