"""The slots of a frame: where the source and the target of an act may stand around its trigger."""

from collections.abc import Callable

from spacy.tokens import Token

from detente.model.actor import Mention
from detente.model.codes import MentionKind
from detente.reading.events_parties import Denotation, Party, party_of
from detente.reading.syntax import (
    OBJECT_CONTROL,
    agents,
    antecedent_of,
    clause_of,
    is_passive,
    is_relative,
    is_verbal,
    kids,
    objects_of_prepositions,
    patients,
    surface_subjects,
)

_PERSONAL = frozenset({MentionKind.PERSON, MentionKind.TITLE, MentionKind.PRONOUN, MentionKind.NOMINAL})
_PERSONS = frozenset({"him", "her", "them"})
_NEAREST = frozenset({"comp", "within", "any"})
_FORCES = frozenset({"troop", "soldier", "force", "unit", "army", "contingent", "ship", "fleet", "column", "navy"})


class Slots:
    """Resolves slot names to parties; one instance per page."""

    def __init__(self, denotation: Denotation) -> None:
        self._denotation = denotation
        self._verb_slots: dict[str, Callable[[Token], list[Mention]]] = {
            "subj": self._subject,
            "subj_person": self._personal_subject,
            "subj_force": self._force_subject,
            "subj_crowd": self._crowd_subject,
            "crowd_place": self._crowd_place,
            "obj": self._object,
            "obj_person": self._personal_object,
            "dative": self._dative,
            "comp": self._complement,
            "comp_subject": self._complement_subject,
            "within": self._within_object,
            "any": self._anywhere,
            "any_person": self._anybody,
        }
        self._noun_slots: dict[str, Callable[[Token], list[Mention]]] = {
            "poss": lambda noun: self._modifiers(noun, "poss"),
            "mod": lambda noun: self._modifiers(noun, "amod", "compound", "nmod"),
            "gov": self._governing_subject,
            "govobj": self._governing_object,
            "comp": self._complement,
            "any": self._anywhere_near_noun,
        }

    def find(
        self, trigger: Token, slot: str, *, nominal: bool, acting: bool = False, apart: frozenset[str] = frozenset()
    ) -> Party | None:
        """Return the party in a slot of a trigger, or None when the slot is empty or names no actor but ``apart``."""
        table = self._noun_slots if nominal else self._verb_slots
        resolve = table.get(slot)
        mentions = resolve(trigger) if resolve else self._preposition(trigger, slot, nominal)
        if acting and slot != "crowd_place":
            mentions = [m for m in mentions if m.kind is not MentionKind.PLACE]
        if slot in _NEAREST:
            mentions = self._nearest([m for m in mentions if set(m.codes) - apart])
        party = party_of(mentions, slot)
        return party.without(apart) if party is not None else None

    def has_unresolved_object(self, verb: Token) -> bool:
        """Tell whether the object is a personal pronoun for which no actor was found."""
        return any(o.lower_ in _PERSONS and self._denotation.mention(o) is None for o in kids(verb, "dobj", "dative"))

    def _nearest(self, mentions: list[Mention]) -> list[Mention]:
        """Keep the first of mentions listed from near to far, and those coordinated with it."""
        if not mentions:
            return []
        first = mentions[0]
        joined = self._denotation.coordinated(first)
        return [first, *(m for m in mentions[1:] if m in joined)]

    def _denoted(self, tokens: list[Token], *, acting: bool = False) -> list[Mention]:
        return [m for token in tokens for m in self._denotation.of(token, acting=acting)]

    def _subject(self, verb: Token) -> list[Mention]:
        return self._denoted(agents(verb), acting=True)

    def _personal_subject(self, verb: Token) -> list[Mention]:
        """The subject when it can travel: a person or office, or anything that acts."""
        return [
            m for m in self._denoted(surface_subjects(verb), acting=True) if m.kind in _PERSONAL | {MentionKind.NAME}
        ]

    def _force_subject(self, verb: Token) -> list[Mention]:
        return self._denoted([s for s in agents(verb) if s.lemma_.lower() in _FORCES])

    def _crowd_subject(self, verb: Token) -> list[Mention]:
        subjects = agents(verb)
        found = self._denoted(subjects)
        return found or [m for s in subjects for m in self._denotation.within(s)]

    def _crowd_place(self, verb: Token) -> list[Mention]:
        """Where a crowd without a nationality demonstrates ("in Sanaa tens of thousands marched")."""
        if self._denoted(agents(verb)):
            return []
        around = [verb, *kids(verb, "dobj")]
        places = [n for t in around for _, n in objects_of_prepositions(t, frozenset({"in", "through", "across"}))]
        return self._denoted(places)

    def _object(self, verb: Token) -> list[Mention]:
        return self._denoted(patients(verb))

    def _personal_object(self, verb: Token) -> list[Mention]:
        return [m for m in self._object(verb) if m.kind is not MentionKind.DEMONYM]

    def _dative(self, verb: Token) -> list[Mention]:
        found: list[Token] = []
        for child in kids(verb, "dative"):
            found.extend(kids(child, "pobj") if child.pos_ == "ADP" else [child])
        if is_passive(verb):
            found.extend(kids(verb, "dobj"))
        return self._denoted(found)

    def _complement(self, head: Token) -> list[Mention]:
        clauses = [c for c in kids(head, "ccomp", "xcomp", "acl") if c.i > head.i]
        clauses += [c for _, c in objects_of_prepositions(head) if c.dep_ == "pcomp"]
        return [m for clause in clauses for m in self._denotation.within(clause)]

    def _complement_subject(self, verb: Token) -> list[Mention]:
        return self._denoted([s for c in kids(verb, "ccomp", "xcomp") for s in kids(c, "nsubj")], acting=True)

    def _within_object(self, verb: Token) -> list[Mention]:
        return [m for o in patients(verb) for m in self._denotation.within(o)]

    def _anywhere(self, verb: Token) -> list[Mention]:
        """The nearest actor in the clause that is neither its subject nor a bare place."""
        subjects = {s.i for s in surface_subjects(verb)}
        found: list[Mention] = []
        for child in verb.children:
            if child.i not in subjects and child.dep_ not in ("conj", "advcl", "punct", "parataxis", "nsubj", "ccomp"):
                found.extend(m for m in self._denotation.within(child) if m.kind is not MentionKind.PLACE)
        return found

    def _anybody(self, verb: Token) -> list[Mention]:
        return [m for m in self._anywhere(verb) if m.kind in _PERSONAL][:1]

    def _preposition(self, trigger: Token, name: str, nominal: bool) -> list[Mention]:
        wanted = frozenset({name})
        found = [noun for _, noun in objects_of_prepositions(trigger, wanted)]
        if not nominal and not found:
            near = kids(trigger, "dobj", "nsubjpass", "acomp", "attr", "advmod", "prt", "oprd")
            found = [noun for o in near for _, noun in objects_of_prepositions(o, wanted)]
        return self._denoted([antecedent_of(n) or n if is_relative(n) else n for n in found])

    def _modifiers(self, noun: Token, *deps: str) -> list[Mention]:
        found: list[Mention] = []
        for child in kids(noun, *deps):
            mention = self._denotation.mention(child)
            if mention is not None:
                found.append(mention)
            elif "poss" in deps:
                found.extend(self._denotation.of(child))
        return found

    def _governing_subject(self, noun: Token) -> list[Mention]:
        verb = clause_of(noun)
        if not is_verbal(verb):
            return []
        accused = kids(verb, "dobj") if verb.lemma_ in OBJECT_CONTROL and noun.dep_ == "pobj" else []
        return self._denoted([s for s in accused or agents(verb) if s.i != noun.i], acting=True)

    def _governing_object(self, noun: Token) -> list[Mention]:
        verb = clause_of(noun)
        if not is_verbal(verb):
            return []
        return self._denoted([o for o in kids(verb, "dobj", "dative") if o.i != noun.i]) or self._dative(verb)

    def _anywhere_near_noun(self, noun: Token) -> list[Mention]:
        return [m for m in self._denotation.within(noun) if m.kind is not MentionKind.PLACE]
