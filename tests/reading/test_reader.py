"""The rule reader as a whole: spans quote, ids repeat, nothing breaks on odd text."""

import pickle
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model.document import Document
from detente.model.reading import Reading
from detente.model.span import Span
from detente.reading.reader import StagedReader
from detente.reading.rules import rule_reader

REPORT = (
    "Norway expelled two Chilean diplomats on Monday, the foreign ministry in Oslo said. "
    "“We will answer,” the Chilean president told reporters.\n\n"
    "Relations between the two countries have worsened since Chile seized a Norwegian trawler in January."
)


@pytest.fixture(scope="module")
def reader() -> StagedReader:
    return rule_reader()


def document(text: str) -> Document:
    return Document(Document.id_of(text, None, None, None), text, published=date(2026, 2, 18))


def spans_of(reading: Reading) -> list[Span]:
    spans = [s.span for s in reading.sentences] + [s for m in reading.mentions for s in (m.span, m.head)]
    spans += [t.span for t in reading.times] + [s for e in reading.events for s in (e.trigger, e.sentence)]
    for statement in reading.statements:
        spans += [statement.source, statement.cue, *statement.content, statement.sentence]
    spans += [s for r in reading.relations for s in (r.evidence, r.sentence)]
    return spans + [s for c in reading.causes for s in (c.cause, c.effect, c.sentence)]


def check(reading: Reading, text: str) -> None:
    for span in spans_of(reading):
        assert span.document == reading.document
        assert span.end <= len(text)
        assert span.of(text).strip()
    known = {statement.id for statement in reading.statements}
    assert all(e.statement is None or e.statement in known for e in reading.events)
    mentions = {mention.id for mention in reading.mentions}
    assert all(set(e.source_mentions) | set(e.target_mentions) <= mentions for e in reading.events)


def test_reads_a_report(reader: StagedReader) -> None:
    reading = reader.read(document(REPORT))
    check(reading, REPORT)
    assert {(e.type.value, e.source, e.target) for e in reading.events} >= {
        ("SANCTION", ("NOR",), ("CHL",)),
        ("COERCE", ("CHL",), ("NOR",)),
    }
    assert reading.statements


def test_reading_twice_gives_the_same(reader: StagedReader) -> None:
    assert reader.read(document(REPORT)) == reader.read(document(REPORT))


def test_batches_read_like_single_documents(reader: StagedReader) -> None:
    documents = [document(REPORT), document("Kenya praised Peru."), document(REPORT + " It rained.")]
    assert list(reader.read_all(documents)) == [reader.read(d) for d in documents]


def test_pickles(reader: StagedReader) -> None:
    again = pickle.loads(pickle.dumps(reader))
    assert again.read(document(REPORT)) == reader.read(document(REPORT))


def test_furniture_is_not_read(reader: StagedReader) -> None:
    text = "Kenya praised Peru. Read more: Norway invaded Chile."
    start = text.index("Read more")
    plain = document(text)
    marked = Document(plain.id, text, published=plain.published, furniture=(Span(plain.id, start, len(text)),))
    assert {e.target for e in reader.read(marked).events} == {("PER",)}


PIECES = st.sampled_from(
    ["Norway", "Chile", "condemned", "its", "“", "”", "said", "that", "on Monday", ".", ",", ";", "who", "the treaty",
     "will", "not", "and", "with", "\n\n", "—", "’s", "sanctions", "of", "talks", "between", "he", "42", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, min_size=1, max_size=25).map(" ".join).filter(str.strip))
def test_spans_quote_whatever_is_read(reader: StagedReader, text: str) -> None:
    check(reader.read(document(text)), text)
