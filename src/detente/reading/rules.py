"""The rule reader: dependency-based stages whose frames and lexicons are data files of this project."""

import importlib
from typing import Any

from detente.reading.page import DEFAULT_PIPELINE, Parser
from detente.reading.reader import StagedReader

NAME = "rules"
VERSION = "1"


class _Nothing:
    def find(self, *_: Any) -> tuple[()]:
        return ()


def _stage(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(f"detente.reading.{module}"), name)()
    except (ImportError, AttributeError):
        return _Nothing()


def rule_reader(pipeline: str = DEFAULT_PIPELINE) -> StagedReader:
    """Return the rule reader over an installed spaCy pipeline."""
    return StagedReader(
        NAME,
        VERSION,
        mentions=_stage("mentions", "RuleMentions"),
        times=_stage("times", "RuleTimes"),
        statements=_stage("statements", "RuleStatements"),
        events=_stage("events", "RuleEvents"),
        relations=_stage("relation_claims", "RuleRelations"),
        causes=_stage("causal_claims", "RuleCauses"),
        parser=Parser(pipeline),
    )
