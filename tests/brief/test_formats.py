"""The brief as a page, as Markdown, as JSON; a document with its readings marked."""

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.brief import brief, to_html, to_markdown
from detente.brief.html import document_to_html
from detente.brief.marked import MarkKind, segments
from detente.cli.common import plain
from detente.model.document import Document
from detente.model.reading import Reading
from detente.model.span import Span


@pytest.fixture
def written(record):
    return brief(record, ("JPN", "RUS"), date(2026, 2, 20))


def test_page_is_self_contained_and_every_number_has_a_target(written):
    page = to_html(written)
    assert "<script" not in page
    assert not re.search(r'(src|href)="https?:', page)
    targets, links = set(re.findall(r'id="(e\d+)"', page)), set(re.findall(r'href="#(e\d+)"', page))
    assert links
    assert links == targets


def test_page_escapes_what_reports_say(written):
    assert "<Moscow>" not in to_html(written)
    assert "&lt;Moscow&gt;" in to_html(written)


def test_page_draws_a_timeline_whose_marks_lead_to_sentences(written):
    page = to_html(written)
    assert "<svg" in page
    assert re.search(r'<svg.*xlink:href="#e\d+"', page, re.DOTALL)


def test_markdown_numbers_lead_to_evidence(written):
    text = to_markdown(written)
    cited = set(re.findall(r"\[\[(\d+)\]\]", text))
    assert cited == {str(e.number) for e in written.evidence}
    assert text.index("Too little evidence") < text.index("##")


def test_json_holds_all_of_it(written):
    data = msgspec.json.decode(msgspec.json.encode(written, enc_hook=plain))
    assert data["pair"] == ["JPN", "RUS"]
    assert len(data["evidence"]) == len(written.evidence)
    assert data["claims"][0]["evidence"]


@given(st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=4))
def test_segments_give_the_text_back(text, ranges):
    spans = [Span("d", s, min(e, len(text))) for s, e in ranges if s < min(e, len(text))]
    document = Document("d", text, furniture=tuple(spans))
    found = list(segments(document, Reading("d", "hand", "1", ())))
    assert "".join(s.text for s in found) == text
    for place, covered in enumerate(_covered(found)):
        assert covered == any(s.start <= place < s.end for s in spans)


def _covered(found):
    return [segment.has(MarkKind.FURNITURE) for segment in found for _ in segment.text]


def test_document_page_marks_events(record):
    key = record.documents()[0].id
    page = document_to_html(record.document(key), record.reading(key))
    assert re.search(r'class="[^"]*trigger[^"]*"[^>]*>imposed sanctions<', page)
    assert "SANCTION" in page
