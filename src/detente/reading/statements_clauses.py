"""Statements of cue verbs outside quotations: complements, infinitives, objects, and insertions between commas."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Stance
from detente.reading.stages import Findings
from detente.reading.statements_attribution import Attribution, attribution
from detente.reading.statements_content import content_by_frame
from detente.reading.statements_lexicon import Cue, statement_lexicon
from detente.reading.statements_source import source_of
from detente.reading.syntax import is_verbal, kid

_OPEN_HEADS = frozenset(
    ["go", "continue", "begin", "start", "keep", "rush", "hasten", "seem", "appear", "like", "want", "come"]
)
_PEOPLE_PRONOUNS = frozenset(["he", "she", "they", "we", "i", "who"])
_THINGS = frozenset({"this", "that", "which", "what", "there", "nobody", "none", "these", "those", "whoever"})
_NOT_INSERTED = frozenset({"agree", "swear", "answer", "object", "hold", "recognise", "protest", "demand", "ask"})
_INSERTED = frozenset({"say", "say_by_manner", "believe", "suspect", "predict", "deny", "doubt"})
_DATELINE = 8
_COLON = 8


def clause_statements(sentence: Tokens, findings: Findings) -> list[Attribution]:
    """Return the attributions whose cue is a verb of the sentence."""
    found = []
    for token in sentence:
        if token.pos_ in ("VERB", "AUX") and is_verbal(token) and _is_asserted(token):
            one = _of_verb(token, sentence, findings)
            if one is not None:
                found.append(one)
    return found


def _of_verb(verb: Token, sentence: Tokens, findings: Findings) -> Attribution | None:
    cues = _cues(verb)
    if not cues:
        return None
    source = source_of(verb)
    if source is None or source.i == verb.i or not _can_speak(source, verb, findings):
        return None
    words = verb.doc[verb.i : verb.i + 1]
    negated = kid(verb, "neg") is not None
    for cue in cues:
        fitting = content_by_frame(verb, cue)
        if fitting is None:
            continue
        frame, content = fitting
        stance = _negated(cue.stance) if negated else cue.stance
        if stance is None or content.start <= source.i < content.end:
            return None
        return attribution(source, words, [content], stance, f"{cue.name}.{frame}: {verb.lemma_}")
    if "clause" in {f for cue in cues for f in cue.frames} and not negated:
        cue = next(cue for cue in cues if "clause" in cue.frames)
        return _after_colon(verb, source, cue, sentence) or _insertion(verb, source, cue, sentence)
    return None


def _cues(verb: Token) -> tuple[Cue, ...]:
    lexicon = statement_lexicon()
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod") and (lemma, child.lower_) in lexicon.phrasal:
            return (lexicon.phrasal[lemma, child.lower_],)
    return lexicon.verbs.get(lemma, ())


def _negated(stance: Stance) -> Stance | None:
    """Return what a negated cue does: "did not rule out" hedges; "did not say" is no statement."""
    return {Stance.DENY: Stance.HEDGE, Stance.HEDGE: Stance.DENY}.get(stance)


def _is_asserted(verb: Token) -> bool:
    """Tell whether a cue verb says that something was said, and not that it should, could or will be."""
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ in ("MD", "TO")), None)
    if modal is None:
        return True
    if modal.lower_ == "to":
        return verb.dep_ == "xcomp" and verb.head.lemma_ in _OPEN_HEADS
    return modal.lower_ == "would" and any(c.lower_ == "only" for c in verb.children)


def _can_speak(source: Token, verb: Token, findings: Findings) -> bool:
    if verb.lemma_.lower() not in statement_lexicon().weak:
        return source.lower_ not in _THINGS
    if source.lower_ in _PEOPLE_PRONOUNS or findings.mention_at(source) is not None:
        return True
    if source.pos_ == "PROPN" or source.lemma_.lower() in statement_lexicon().people:
        return True
    return source.pos_ == "PRON" and source.lower_ not in _THINGS | {"it"}


def _after_colon(verb: Token, source: Token, cue: Cue, sentence: Tokens) -> Attribution | None:
    """Read "An envoy puts it bluntly: the plan is dead."."""
    doc = verb.doc
    near = doc[verb.i : min(verb.i + _COLON, sentence.end)]
    colon = next((t.i for t in near if t.text == ":"), None)
    if colon is None or source.i > colon or any(t.text in ",;" for t in doc[verb.i : colon]):
        return None
    end = next((t.i for t in doc[colon + 1 : sentence.end] if t.text == ";"), sentence.end)
    cue_words = doc[verb.i : verb.i + 1]
    return attribution(source, cue_words, [doc[colon + 1 : end]], cue.stance, f"{cue.name}.colon: {verb.lemma_}")


def _insertion(verb: Token, source: Token, cue: Cue, sentence: Tokens) -> Attribution | None:
    """Read "The thaw, he said, is over" and "The thaw is over, said Ito, a lecturer in Kyoto."."""
    if verb.dep_ in ("relcl", "acl") or verb.lemma_ in _NOT_INSERTED or cue.name not in _INSERTED:
        return None
    doc = verb.doc
    left = min(verb.i, source.left_edge.i) if source.i < verb.i else verb.i
    while (
        left > sentence.start and doc[left - 1].dep_ in ("advmod", "aux", "mark", "neg") and doc[left - 1].head == verb
    ):
        left -= 1
    if left <= sentence.start or doc[left - 1].text not in (",", "—", "–", "-"):
        return None
    start = _segment_start(sentence, left)
    if left - 1 <= start:
        return None
    parts = [doc[start : left - 1]]
    rest = _rest_after(verb, source, sentence)
    if rest is not None:
        parts.append(rest)
    parts = [part for part in parts if len(part) > 2 or any(is_verbal(t) for t in part)]
    if not any(is_verbal(t) for part in parts for t in part):
        return None
    return attribution(source, doc[verb.i : verb.i + 1], parts, cue.stance, f"{cue.name}.insertion: {verb.lemma_}")


def _segment_start(sentence: Tokens, left: int) -> int:
    start = sentence.start
    for token in sentence.doc[sentence.start : left]:
        early = token.i - sentence.start < _DATELINE
        if token.text == ";" or (early and token.text in ("—", "–", "-", "--") and _is_dateline(sentence, token.i)):
            start = token.i + 1
    return start


def _is_dateline(sentence: Tokens, dash: int) -> bool:
    first = sentence[0].text
    return dash > sentence.start and (first.isupper() or first[:1].isdigit())


def _rest_after(verb: Token, source: Token, sentence: Tokens) -> Tokens | None:
    doc = verb.doc
    i = (source.right_edge.i if source.i > verb.i else verb.i) + 1
    main_follows = any(t.i > i for t in (verb.head, *(c for c in verb.children if c.dep_ == "ccomp")))
    if source.i > verb.i and not main_follows:
        return None
    while i < sentence.end and doc[i].text not in (",", ";", ".", "—", "–"):
        i += 1
    if i + 1 >= sentence.end or doc[i].text not in (",", "—", "–"):
        return None
    if not main_follows and doc[i + 1].tag_ in ("VBG", "WDT", "WP", "CC", "IN", "VBN"):
        return None
    end = next((t.i for t in doc[i + 1 : sentence.end] if t.text == ";"), sentence.end)
    return doc[i + 1 : end]
