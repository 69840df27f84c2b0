"""Event frames: which words name which act, and where its parties stand (``data/frames.toml``).

A frame is one way of naming an act: trigger lemmas, conditions on what stands beside the trigger, and the slots in
which source and target are looked for, in order. Types: Open Event Data Alliance, *PLOVER Codebook* (2023).
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.model.codes import EventType

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of naming an act.

    ``subject``, ``object``, ``complement`` and ``near`` are lemmas of which one must stand as agent, in the direct
    object, as the verb of the complement clause, or anywhere in the trigger's own phrase; ``None`` asks for nothing.
    ``particle`` and ``preposition`` must stand beside the trigger. ``source`` and ``target`` are slots in order of
    preference (see :mod:`detente.reading.events_arguments`); ``implicit`` lets the text before supply a missing
    target. ``negated`` frames speak only under negation ("will not accept"), ``predicate`` frames only with something
    said of the object ("called it a provocation"), ``bare`` ones only without, ``clause`` frames only with an
    infinitive. ``together`` makes the act mutual when several parties do it. ``absorbs`` bars the acts in the
    complement.
    """

    name: str
    type: EventType
    lemmas: Words
    nominal: bool
    mode: str | None = None
    particle: Words | None = None
    preposition: Words | None = None
    subject: Words | None = None
    object: Words | None = None
    not_object: Words = frozenset()
    complement: Words | None = None
    not_complement: Words = frozenset()
    complement_object: Words | None = None
    complement_modal: Words | None = None
    near: Words | None = None
    not_near: Words = frozenset()
    actor_object: bool = False
    no_object: bool = False
    needs_object: bool = False
    clause: bool = False
    predicate: bool = False
    bare: bool = False
    passive: bool | None = None
    source: tuple[str, ...] = ("subj",)
    target: tuple[str, ...] = ("obj",)
    mutual: bool = False
    together: bool = False
    implicit: bool = False
    implicit_source: bool = False
    negated: bool = False
    absorbs: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """All frames, by trigger lemma and part of speech, in the order of the file (the first that fits wins)."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]


@cache
def frame_index() -> FrameIndex:
    """Return the shipped frames."""
    text = files("detente.reading").joinpath("data", "frames.toml").read_text(encoding="utf-8")
    return index_of(text)


def index_of(text: str) -> FrameIndex:
    """Build an index from the text of a frame file; raise ``ValueError`` naming the frame and the field at fault."""
    raw = tomllib.loads(text)
    classes = {name: frozenset(words.split()) for name, words in raw.get("words", {}).items()}
    verbs: defaultdict[str, list[Frame]] = defaultdict(list)
    nouns: defaultdict[str, list[Frame]] = defaultdict(list)
    for entry in raw["frame"]:
        frame = _frame(entry, classes)
        for lemma in frame.lemmas:
            (nouns if frame.nominal else verbs)[lemma].append(frame)
    return FrameIndex(
        {lemma: tuple(found) for lemma, found in verbs.items()}, {lemma: tuple(found) for lemma, found in nouns.items()}
    )


_WORD_FIELDS = (
    "particle",
    "preposition",
    "subject",
    "object",
    "not_object",
    "complement",
    "not_complement",
    "complement_object",
    "complement_modal",
    "near",
    "not_near",
)
_FLAGS = (
    "actor_object",
    "no_object",
    "predicate",
    "bare",
    "passive",
    "mutual",
    "together",
    "needs_object",
    "clause",
    "implicit",
    "implicit_source",
    "negated",
    "absorbs",
    "planned",
)
_FIELDS = frozenset({"name", "type", "mode", "verbs", "nouns", "source", "target", *_WORD_FIELDS, *_FLAGS})


def _frame(entry: dict[str, Any], classes: Mapping[str, Words]) -> Frame:
    name = entry.get("name", "?")
    unknown = set(entry) - _FIELDS
    if unknown or ("verbs" in entry) == ("nouns" in entry):
        raise ValueError(
            f"frame {name!r}: {', '.join(sorted(unknown)) or 'verbs or nouns (exactly one)'} not understood; "
            f"allowed fields: {', '.join(sorted(_FIELDS))}"
        )
    nominal = "nouns" in entry
    source = entry.get("source", "poss mod by gov of" if nominal else "subj")
    target = entry.get("target", "on against to with for of" if nominal else "obj")
    words: dict[str, Any] = {field: _words(entry[field], classes, name) for field in _WORD_FIELDS if field in entry}
    return Frame(
        name=name,
        type=EventType(entry["type"]),
        mode=entry.get("mode"),
        lemmas=_words(entry["nouns" if nominal else "verbs"], classes, name),
        nominal=nominal,
        source=tuple(source.split()),
        target=tuple(target.split()),
        **words,
        **{flag: entry[flag] for flag in _FLAGS if flag in entry},
    )


def _words(text: str, classes: Mapping[str, Words], frame: str) -> Words:
    found: set[str] = set()
    for word in text.split():
        if word.startswith("@"):
            if word[1:] not in classes:
                raise ValueError(
                    f"frame {frame!r}: word class {word!r} is unknown; known: {', '.join(sorted(classes))}"
                )
            found |= classes[word[1:]]
        else:
            found.add(word)
    return frozenset(found)
