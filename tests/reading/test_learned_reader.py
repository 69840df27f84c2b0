"""The learned reader at run time: its weights, its spans, and what it must not depend on."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from detente.model.document import Document
from detente.model.errors import ReaderError
from detente.model.reading import Event, Reading
from detente.model.span import Span
from detente.reading.learned import learned_reader
from detente.reading.learned.encoder import Encoder
from detente.reading.reader import StagedReader

TEXT = (
    "TOKYO, Jan 12 — Japan summoned the Chinese ambassador on Monday after Beijing imposed an embargo on seafood.\n\n"
    "“We cannot accept this,” Foreign Minister Hayashi said. “The measures must be lifted.” He added that Tokyo may "
    "file a complaint, according to two officials.\n\n"
    "Relations between Japan and China have worsened because of the dispute over Taiwan."
)
NAMES = (("Japan", "JPN"), ("Chile", "CHL"), ("Norway", "NOR"), ("Kenya", "KEN"), ("Vietnam", "VNM"))
TEMPLATES = (
    "{0} imposed sanctions on {1} on Monday.",
    "{0} condemned {1} over the arrest of two journalists.",
    "{0} expelled three diplomats of {1}.",
    "{0} urged {1} to withdraw its troops.",
    "{0} sent food aid to {1} after the earthquake.",
    "{0} threatened {1} with retaliation if it raised tariffs.",
    "{0} rejected a proposal by {1} on Tuesday.",
    "{0} and {1} signed a trade agreement.",
)


@pytest.fixture(scope="module")
def reader() -> StagedReader:
    return learned_reader()


def _document(text: str) -> Document:
    published = date(2026, 1, 13)
    return Document(Document.id_of(text, published, None, None), text, published=published)


def _acts(events: tuple[Event, ...], names: dict[str, str]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (e.type, sorted(names.get(c, c) for c in e.source), sorted(names.get(c, c) for c in e.target)) for e in events
    ]


def _spans(reading: Reading) -> list[Span]:
    spans = [e.trigger for e in reading.events] + [e.sentence for e in reading.events]
    for s in reading.statements:
        spans += [s.source, s.cue, *s.content, s.sentence]
    spans += [r.evidence for r in reading.relations]
    spans += [span for c in reading.causes for span in (c.cause, c.effect)]
    return spans


def test_missing_weights_are_an_error_that_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"lacks encoder\.onnx.*--reader rules"):
        learned_reader(weights=tmp_path)


def test_every_span_lies_in_the_text(reader: StagedReader) -> None:
    reading = reader.read(_document(TEXT))
    assert reading.events
    for span in _spans(reading):
        assert span.end <= len(TEXT)
        assert span.of(TEXT).strip()


def test_a_pickled_reader_reads_alike(reader: StagedReader) -> None:
    document = _document(TEXT)
    assert pickle.loads(pickle.dumps(reader)).read(document) == reader.read(document)


def test_a_page_is_encoded_once(reader: StagedReader) -> None:
    page = reader.parser.parse(_document(TEXT))
    encoder = Encoder()
    first = encoder.of(page)
    assert encoder.of(page) is first
    assert all(w.offsets.shape[0] == w.hidden.shape[0] == w.logits.shape[0] for w in first)
    assert [w.owns(s.span.start) for s in page.sentences for w in first].count(True) == len(page.sentences)


def test_every_event_carries_its_probability_and_what_speaks_for_it(reader: StagedReader) -> None:
    events = reader.read(_document(TEXT)).events
    assert events
    for event in events:
        assert event.probability is not None
        assert 0 < event.probability <= 1
        assert event.why


def test_a_party_that_only_the_text_before_names_is_found(reader: StagedReader) -> None:
    text = "Chile and Bolivia have been at odds over a river for years.\n\nOn Friday Chile recalled its ambassador."
    (event,) = reader.read(_document(text)).events
    assert (event.type, event.source, event.target) == ("SANCTION", ("CHL",), ("BOL",))


def test_an_act_within_one_state_is_no_event(reader: StagedReader) -> None:
    text = "Peru's president condemned the Peruvian congress. Police in Lima arrested four of its members."
    assert not reader.read(_document(text)).events


@pytest.mark.parametrize("template", TEMPLATES)
def test_other_names_and_another_order_change_only_the_parties(reader: StagedReader, template: str) -> None:
    wanted = None
    for (one, first), (other, second) in zip(NAMES, NAMES[1:] + NAMES[:1], strict=True):
        for a, b, codes in ((one, other, {first: "A", second: "B"}), (other, one, {second: "A", first: "B"})):
            acts = _acts(reader.read(_document(template.format(a, b))).events, codes)
            assert acts
            wanted = wanted or acts
            assert acts == wanted, (a, b)


def test_what_belongs_to_the_page_is_not_read(reader: StagedReader) -> None:
    text = "Japan met China.\n\nRead more: Russia sanctions Japan\n\nJapan rejected a proposal by China on Tuesday."
    key = Document.id_of(text, None, None, None)
    start = text.index("Read")
    furniture = (Span(key, start, text.index("\n\n", start)),)
    reading = reader.read(Document(key, text, furniture=furniture))
    assert reading.events
    assert not any(furniture[0].overlaps(span) for span in _spans(reading))


ODD = {
    "empty": "",
    "blank": " \n\n ",
    "word": "No.",
    "scripts": "🙂 Japan — Россия 日本 ﬁ é́ said “",
    "endless": "Japan and China met and " * 200 + "left.",
    "paragraphs": "\n\n".join(["Japan."] * 40),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_read(reader: StagedReader, text: str) -> None:
    for span in _spans(reader.read(_document(text))):
        assert span.end <= len(text)
