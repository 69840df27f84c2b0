"""Pronouns that may take up an actor."""

from spacy.tokens import Token

from detente.model.codes import MentionKind
from detente.reading.mention_drafts import Draft, Drafts, Gender
from detente.reading.mention_words import mention_words
from detente.reading.page import Page

_EXPLETIVE_HEADS = frozenset({"seem", "appear", "happen", "turn", "rain", "snow", "matter", "take"})


def find_pronouns(page: Page, drafts: Drafts) -> None:
    """Add an open draft for every personal and possessive pronoun that is no expletive."""
    classes = mention_words().pronouns
    for tokens in page.sentence_tokens:
        for token in tokens:
            name = "they" if _is_bare_both(token) else classes.get(token.lower_)
            if (
                name is None
                or (token.pos_ != "PRON" and token.lower_ != "both")
                or _is_expletive(token)
                or token.text == "US"
            ):
                continue
            draft = Draft(token.i, token.i + 1, token.i, MentionKind.PRONOUN, lemma=name)
            draft.is_person, draft.plural = name in ("he", "she"), name == "they"
            draft.gender = Gender(name) if draft.is_person else None
            drafts.add(draft)


def _class(token: Token, classes: dict[str, str]) -> str | None:
    if _is_bare_both(token):
        return "they"
    return classes.get(token.lower_) if token.pos_ == "PRON" and token.text != "US" else None


def _is_bare_both(token: Token) -> bool:
    """Tell whether "both" stands for two actors: "both stressed their interest"."""
    return token.lower_ == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def _is_expletive(token: Token) -> bool:
    """Tell whether "it" stands for a clause: "it is clear that", "it seems"."""
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    verb = token.head
    if token.dep_ == "expl" or verb.lemma_ in _EXPLETIVE_HEADS:
        return True
    clausal = any(
        child.dep_ in ("ccomp", "csubj", "acl") or (child.dep_ == "xcomp" and child.tag_ == "VB")
        for child in verb.children
    )
    complement = any(child.dep_ in ("acomp", "attr", "oprd") for child in verb.children)
    return verb.lemma_ == "be" and (clausal or _clause_under(verb)) and complement


def _clause_under(verb: Token) -> bool:
    return any(
        grandchild.dep_ in ("ccomp", "xcomp", "acl", "relcl", "advcl") and grandchild.i > verb.i
        for child in verb.children
        if child.dep_ in ("acomp", "attr")
        for grandchild in child.children
    )
