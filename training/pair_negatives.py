"""Pairs between which a sentence says nothing: other noun phrases beside a marked one, or marks the wrong way round."""

from collections.abc import Iterable, Iterator

from detente.model.codes import EventType
from detente.model.document import Document
from detente.reading.learned.pairs import marked_ids
from detente.reading.learned.sentence_parties import Pair, pairs_of, phrase
from detente.reading.page import Parser
from pair_sets import NO_EVENT, TYPES, Item, unmarked
from windows import load_tokenizer

MUTUAL = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT})
"""Types whose parties may change places."""
Characters = tuple[int, int]


def negatives(rows: Iterable[tuple[str, tuple[int, ...]]]) -> list[list[Item]]:
    """Return for each marked sentence the items for which "no event" is right; none where nothing is sure.

    A pair is taken that shares one side with the marked pair, as the other side is then a bystander; pairs that share
    neither may well be another event.
    """
    rows, tokenizer, parser = list(rows), load_tokenizer(), Parser()
    texts = [unmarked(marked) for marked, _ in rows]
    documents = [Document(Document.id_of(t, None, None, str(n)), t, name=str(n)) for n, (t, _) in enumerate(texts)]
    found: list[list[Item]] = []
    for (text, spans), (_, allowed), page in zip(texts, rows, parser.parse_all(documents), strict=True):
        sure = "s" in spans and "t" in spans and NO_EVENT not in allowed
        pairs = [p for tokens in page.sentence_tokens for p in pairs_of(tokens)] if sure else []
        others = list(_bystanders(pairs, spans["s"], spans["t"])) if sure else []
        if sure and not any(TYPES[a] in MUTUAL for a in allowed):
            others.append((spans["t"], spans["s"]))
        found.append([(marked_ids(tokenizer, text, s, t), (NO_EVENT,)) for s, t in others])
    return found


def _bystanders(pairs: list[Pair], source: Characters, target: Characters) -> Iterator[tuple[Characters, Characters]]:
    for pair in pairs:
        same_source = any(_meet(phrase(h), source) for h in pair.source)
        same_target = any(_meet(phrase(h), target) for h in pair.target)
        crossed = any(_meet(phrase(h), target) for h in pair.source) or any(
            _meet(phrase(h), source) for h in pair.target
        )
        pronoun = any(h.pos_ == "PRON" for h in (*pair.source, *pair.target))
        if same_source is not same_target and not crossed and not pronoun:
            yield phrase(pair.source[0]), phrase(pair.target[0])


def _meet(one: Characters, other: Characters) -> bool:
    return one[0] < other[1] and other[0] < one[1]
