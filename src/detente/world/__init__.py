"""What is known before reading: states, organisations, leaders and terms, PLOVER, CAMEO, scales."""

from detente.world.codes import demonym_of, fold, is_code, name_of, resolve_code
from detente.world.entries import Entry, words_of
from detente.world.gazetteer import Gazetteer, gazetteer
from detente.world.organisations import Membership, Organisation, find_organisation, organisations
from detente.world.states import State, find_state, state_of, states

__all__ = [
    "Entry",
    "Gazetteer",
    "Membership",
    "Organisation",
    "State",
    "demonym_of",
    "find_organisation",
    "find_state",
    "fold",
    "gazetteer",
    "is_code",
    "name_of",
    "organisations",
    "resolve_code",
    "state_of",
    "states",
    "words_of",
]
