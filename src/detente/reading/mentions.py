"""Actor mentions of a page: found by names, titles, role nouns and pronouns, resolved in text order."""

from detente.model.actor import Mention
from detente.reading.coreference import Resolver
from detente.reading.mention_drafts import Draft, Drafts
from detente.reading.mention_names import find_names
from detente.reading.mention_persons import Persons
from detente.reading.mention_pronouns import find_pronouns
from detente.reading.mention_roles import find_roles
from detente.reading.page import Page


class RuleMentions:
    """Finds and resolves actor mentions by rules; implements :class:`detente.reading.stages.MentionStage`."""

    def find(self, page: Page) -> tuple[Mention, ...]:
        """Return the mentions in text order, each with at least one actor."""
        drafts = Drafts()
        find_names(page, drafts)
        find_pronouns(page, drafts)
        Persons(page, drafts).find()
        find_roles(page, drafts)
        Resolver(page, drafts).resolve_all()
        return _finished(page, drafts.all)


def _finished(page: Page, drafts: list[Draft]) -> tuple[Mention, ...]:
    records: dict[int, Mention] = {}

    def record(draft: Draft) -> Mention:
        if id(draft) not in records:
            before = draft.antecedent
            known = before is not None and before is not draft and before.head < draft.head and bool(before.actors)
            records[id(draft)] = draft.mention(page, record(before) if known and before else None)
        return records[id(draft)]

    found = {record(draft) for draft in drafts if draft.actors}
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end)))
