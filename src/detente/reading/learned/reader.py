"""The learned reader: the best stage for each part, as measured on held-out dispatches (``docs/models.md``)."""

from pathlib import Path

from detente.reading.learned.causes import LearnedCauses
from detente.reading.learned.encoder import Encoder
from detente.reading.learned.events import LearnedEvents
from detente.reading.learned.relations import LearnedRelations
from detente.reading.learned.statements import LearnedStatements
from detente.reading.mentions import RuleMentions
from detente.reading.page import DEFAULT_PIPELINE, Parser
from detente.reading.reader import StagedReader
from detente.reading.times import RuleTimes

NAME = "learned"
VERSION = "4"


def learned_reader(pipeline: str = DEFAULT_PIPELINE, weights: Path | None = None) -> StagedReader:
    """Return the learned reader.

    Args:
        pipeline: Installed spaCy pipeline for sentences and syntax.
        weights: Folder of the weights; the package's own by default.

    Raises:
        ReaderError: When weights are missing; there is no silent fall back to the rules.
    """
    encoder = Encoder(weights)
    return StagedReader(
        NAME,
        VERSION,
        mentions=RuleMentions(),
        times=RuleTimes(),
        statements=LearnedStatements(encoder),
        events=LearnedEvents(encoder),
        relations=LearnedRelations(encoder),
        causes=LearnedCauses(encoder),
        parser=Parser(pipeline),
    )
