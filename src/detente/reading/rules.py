"""The rule reader: dependency-based stages whose frames and lexicons are data files of this project."""

from detente.reading.causal_claims import RuleCauses
from detente.reading.events import RuleEvents
from detente.reading.mentions import RuleMentions
from detente.reading.page import DEFAULT_PIPELINE, Parser
from detente.reading.reader import StagedReader
from detente.reading.relation_claims import RuleRelations
from detente.reading.statements import RuleStatements
from detente.reading.times import RuleTimes

NAME = "rules"
VERSION = "1"


def rule_reader(pipeline: str = DEFAULT_PIPELINE) -> StagedReader:
    """Return the rule reader over an installed spaCy pipeline."""
    return StagedReader(
        NAME,
        VERSION,
        mentions=RuleMentions(),
        times=RuleTimes(),
        statements=RuleStatements(),
        events=RuleEvents(),
        relations=RuleRelations(),
        causes=RuleCauses(),
        parser=Parser(pipeline),
    )
