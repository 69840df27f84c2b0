"""Titles, bodies and epithets: whose they are, by their phrase, by what was named before, by what is in focus."""

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind, Sector
from detente.reading.coreference_plural import several
from detente.reading.coreference_scene import ALL, Scene, take
from detente.reading.mention_drafts import Draft, actors_of
from detente.reading.mention_words import Reach, Role, RoleKind
from detente.world import find_state

_LEADERS = frozenset({"president", "premier", "minister", "chancellor", "king", "emir", "leader", "ruler", "strongman"})
_UNION = ("EUR",)
_OUTLAWS = frozenset({Sector.REBELS, Sector.CRIMINAL})
_ANONYMOUS = frozenset({Sector.GOVERNMENT, Sector.EDUCATION, Sector.MEDIA})
_FOREIGN_OFFICE = frozenset({"minister", "ministry", "secretary", "office", "policy", "affairs", "trade"})


def owned(draft: Draft) -> tuple[str, ...]:
    """Return the codes of a draft's owners."""
    return tuple(dict.fromkeys(code for owner in draft.owners for code in owner.codes))


def resolve_nominal(draft: Draft, scene: Scene) -> None:
    """Give a noun phrase its actors, or leave it open."""
    role = draft.role
    if role is None or _by_capital(draft, scene):
        return
    if (codes := owned(draft)) == _UNION and _of_a_region(draft, role, scene):
        return
    if codes:
        sector = role.sector if draft.lemma != "one" else draft.owners[0].actors[0].sector
        codes = (STATELESS,) if role.sector in _OUTLAWS else codes
        draft.actors, draft.why = actors_of(codes, sector, None, draft.office), "by its phrase"
    elif _of_a_region(draft, role, scene):
        return
    elif codes := several(draft, scene):
        draft.actors, draft.why = actors_of(codes, role.sector), "several in focus"
    elif draft.lemma in scene.words.relational:
        _other(draft, role, scene)
    elif (
        not draft.owners
        and not _epithet(draft, role, scene)
        and not (draft.definite and _same_role(draft, role, scene))
    ):
        _by_reach(draft, role, scene)


def _by_capital(draft: Draft, scene: Scene) -> bool:
    """Resolve "the Council", "the Union": an earlier name that ends so, or an epithet with a capital letter."""
    word = scene.doc[draft.head].text
    bare = draft.head == draft.start + 1 and scene.doc[draft.start].lower_ == "the"
    if not bare or not word[:1].isupper() or scene.doc[draft.head].is_sent_start:
        return False

    def fits(other: Draft) -> bool:
        return other.kind in (MentionKind.NAME, MentionKind.METONYM) and scene.doc[other.end - 1].text == word

    found = scene.recent(draft, fits, ALL)
    if found:
        take(draft, found[0][1], "same name before")
    if found or (draft.role is not None and _epithet(draft, draft.role, scene)):
        return True
    return _by_default(draft, scene)


def _by_default(draft: Draft, scene: Scene) -> bool:
    """Resolve "the Union" of a text that names no union: the European one, but in "the State of the Union"."""
    code = scene.words.capital_epithets.get(draft.lemma)
    if code is None or (draft.start > 1 and scene.doc[draft.start - 2].lower_ == "state"):
        return False
    draft.actors, draft.why = actors_of((code,), Sector.INTERGOVERNMENTAL), "epithet"
    return True


def _epithet(draft: Draft, role: Role, scene: Scene) -> bool:
    """Resolve "the bloc", "the kingdom" to the last of those that the word can mean."""
    allowed = scene.words.epithets.get(draft.lemma)
    if allowed is None or draft.plural or not draft.definite:
        return False
    found = scene.recent(draft, lambda d: len(d.codes) == 1 and d.codes[0] in allowed, ALL)
    if found:
        draft.actors, draft.antecedent = actors_of(found[0][1].codes, role.sector), found[0][1]
        draft.why = "epithet"
    elif len(allowed) == 1 and scene.spoken_of(next(iter(allowed))):
        draft.actors, draft.why = actors_of(allowed, Sector.INTERGOVERNMENTAL), "epithet"
    return bool(draft.actors)


def _of_a_region(draft: Draft, role: Role, scene: Scene) -> bool:
    """Resolve "a Western diplomat" to nobody's, "European leaders" to the European Union if the text names it."""
    if role.kind not in (RoleKind.PERSON, RoleKind.GROUP):
        return False
    before = [t for t in scene.doc[draft.start : draft.head] if t.lower_ in scene.words.regional]
    before = [t for t in before if not (t.lower_ == "foreign" and t.nbor(1).lemma_.lower() in _FOREIGN_OFFICE)]
    if not before:
        return False
    european = before[0].lower_ == "european" and draft.lemma in scene.words.european and scene.spoken_of("EUR")
    draft.actors = actors_of(("EUR",) if european else (STATELESS,), role.sector)
    draft.why = "of a region"
    return True


def _other(draft: Draft, role: Role, scene: Scene) -> None:
    """Resolve "his guest", "its neighbour" to the other one of the two states that the text is about."""
    token = scene.doc[draft.head]
    owners = {
        code for child in token.lefts if child.dep_ == "poss" and (d := scene.drafts.at(child.i)) for code in d.codes
    }
    if not owners or draft.lemma not in scene.words.other or draft.plural:
        return
    others = [code for code in scene.codes(draft) if code not in owners and find_state(code) is not None]
    if others:
        draft.actors, draft.why = actors_of(others[:1], role.sector), "the other state in focus"


def _same_role(draft: Draft, role: Role, scene: Scene) -> bool:
    """Resolve "the minister", "the ministry" to the last one who or that bore the role."""

    def fits(other: Draft) -> bool:
        if other.plural or other.kind is MentionKind.PRONOUN or other.is_person != draft.is_person:
            return False
        office = f"{other.lemma} {other.office or ''}".split()
        if draft.lemma in office or (draft.lemma == "leader" and not _LEADERS.isdisjoint(office)):
            return True
        expert = other.role is None or other.role.reach is Reach.PRIVATE
        return role.reach is Reach.PRIVATE and other.is_private and other.is_person and expert

    found = scene.recent(draft, fits) if draft.definite and not draft.plural else []
    if found:
        persons = [pair for pair in found if pair[1].kind is MentionKind.PERSON]
        take(draft, (persons or found)[0][1], "same role before")
    return bool(found)


def _by_reach(draft: Draft, role: Role, scene: Scene) -> None:
    capital = scene.doc[draft.head].text[:1].isupper()
    proper = role.reach is Reach.OWNED and draft.definite and capital and draft.head > draft.start + 1
    one = role.reach is Reach.DEFINITE and draft.definite and not draft.plural
    if role.reach is Reach.STATE or proper or one:
        if not _of_unknown(draft, scene):
            in_focus = [code for code in scene.codes(draft) if find_state(code) is not None][:1]
            draft.actors, draft.why = actors_of(in_focus, role.sector, None, draft.office), "state in focus"
    elif role.sector in _OUTLAWS or _is_anonymous(role):
        draft.actors, draft.why = actors_of((STATELESS,), role.sector), "of no known state"


def _is_anonymous(role: Role) -> bool:
    return role.kind is not RoleKind.LAND and role.reach is not Reach.OWNED and role.sector in _ANONYMOUS


def _of_unknown(draft: Draft, scene: Scene) -> bool:
    """Tell whether the phrase names an owner whom nobody knows: "the chief of Huawei"."""
    for preposition in scene.doc[draft.head].rights:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "at", "for", "from"):
            return any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in preposition.children)
    return False
