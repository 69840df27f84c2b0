"""The reader: a parser and six stages, run in a fixed order over each document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.model.document import Document
from detente.model.reading import Reading
from detente.reading.page import Page, Parser
from detente.reading.stages import (
    CauseStage,
    EventStage,
    Findings,
    MentionStage,
    RelationStage,
    StatementStage,
    TimeStage,
)


@dataclass(frozen=True)
class StagedReader:
    """Implements :class:`detente.model.protocols.Reader` from interchangeable stages."""

    name: str
    version: str
    mentions: MentionStage
    times: TimeStage
    statements: StatementStage
    events: EventStage
    relations: RelationStage
    causes: CauseStage
    parser: Parser = field(default_factory=Parser)

    def read(self, document: Document) -> Reading:
        """Read one document."""
        return self.read_page(self.parser.parse(document))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Read many documents in order."""
        return map(self.read_page, self.parser.parse_all(documents))

    def read_page(self, page: Page) -> Reading:
        """Read one document that is already parsed."""
        mentions, times = self.mentions.find(page), self.times.find(page)
        statements = self.statements.find(page, Findings(mentions, times))
        findings = Findings(mentions, times, statements)
        return Reading(
            document=page.document.id,
            reader=self.name,
            version=self.version,
            sentences=page.sentences,
            mentions=mentions,
            times=times,
            statements=statements,
            events=self.events.find(page, findings),
            relations=self.relations.find(page, findings),
            causes=self.causes.find(page, findings),
        )
