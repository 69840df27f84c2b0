"""What is known before reading: states, organisations, leaders and terms, PLOVER, CAMEO, scales."""

from detente.world.codes import demonym_of, fold, is_code, name_of, resolve_code
from detente.world.entries import Entry, words_of
from detente.world.gazetteer import Gazetteer, gazetteer
from detente.world.offices import Title, sector_of, title_of
from detente.world.organisations import Membership, Organisation, find_organisation, organisations
from detente.world.persons import holders, persons_named, terms
from detente.world.state_groups import StateGroup, state_group_at
from detente.world.states import State, find_state, state_of, states
from detente.world.terms import OfficeKind, Term, all_terms

__all__ = [
    "Entry",
    "Gazetteer",
    "Membership",
    "OfficeKind",
    "Organisation",
    "State",
    "StateGroup",
    "Term",
    "Title",
    "all_terms",
    "demonym_of",
    "find_organisation",
    "find_state",
    "fold",
    "gazetteer",
    "holders",
    "is_code",
    "name_of",
    "organisations",
    "persons_named",
    "resolve_code",
    "sector_of",
    "state_group_at",
    "state_of",
    "states",
    "terms",
    "title_of",
    "words_of",
]
