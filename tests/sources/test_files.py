"""Files, folders and patterns: formats, encodings, and one clear line for each bad file."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.document import Document
from detente.model.run import Refusal
from detente.sources import SourceSettings, open_sources
from detente.sources.text import normalised

OFFLINE = SourceSettings(network=False)


def opened(*specs: object, settings: SourceSettings = OFFLINE) -> list[Any]:
    return list(open_sources([str(spec) for spec in specs], settings))


def only(*specs: object, settings: SourceSettings = OFFLINE) -> Any:
    found = opened(*specs, settings=settings)
    assert len(found) == 1, found
    return found[0]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_plain_text_without_header(tmp_path):
    document = only(write(tmp_path, "a.txt", "Tokyo protested.\r\n\r\nMoscow answered.\r\n"))
    assert document.text == "Tokyo protested.\n\nMoscow answered."
    assert (document.title, document.published, document.publisher) == (None, None, None)
    assert document.origin == (tmp_path / "a.txt").as_posix()


def test_plain_text_with_header(tmp_path):
    document = only(
        write(tmp_path, "a.txt", "Title: A shift\nDate: 20 February 2026\nSource: Wire\n\nTokyo protested.")
    )
    assert (document.title, document.published, document.publisher) == ("A shift", date(2026, 2, 20), "Wire")
    assert document.text == "Tokyo protested."


def test_first_block_that_is_not_all_header_is_text(tmp_path):
    text = "Date: tomorrow, said the minister.\nHe did not say more.\n\nTokyo protested."
    assert only(write(tmp_path, "a.txt", text)).text.startswith("Date: tomorrow")


def test_header_date_that_is_not_understood_is_refused(tmp_path):
    refusal = only(write(tmp_path, "a.txt", "Date: soon\n\nTokyo protested."))
    assert "'soon' is not understood" in refusal.what
    assert "2026-02-20" in refusal.allowed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-02-20-tokyo.txt", date(2026, 2, 20)),
        ("wire_20260220.txt", date(2026, 2, 20)),
        ("2026-02-31.txt", None),
        ("2026-02-20_to_2026-02-21.txt", None),
        ("article.txt", None),
    ],
)
def test_date_in_file_name(tmp_path, name, expected):
    assert only(write(tmp_path, name, "Tokyo protested.")).published == expected


def test_settings_fill_what_is_unknown_and_only_that(tmp_path):
    settings = SourceSettings(published=date(2025, 1, 1), publisher="Desk", language="en")
    bare = only(write(tmp_path, "a.txt", "Tokyo protested."), settings=settings)
    dated = only(write(tmp_path, "b.txt", "Date: 2026-02-20\n\nMoscow answered."), settings=settings)
    assert (bare.published, bare.publisher, bare.language) == (date(2025, 1, 1), "Desk", "en")
    assert (dated.published, dated.publisher) == (date(2026, 2, 20), "Desk")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The Élysée said “no” to Moscow.", "utf-8-sig"),
        ("The Élysée said “no” to Moscow.", "utf-16"),
        ("The Élysée said “no” to Moscow – again.", "cp1252"),
        ("El presidente de España visitó la nación vecina.", "latin-1"),
        ("Правительство Японии заявило, что готово к переговорам с Москвой.", "cp1251"),
        ("日本政府は、ロシアとの関係を見直すと発表した。外務省によると、協議は来月始まる。", "shift_jis"),
    ],
)
def test_encodings(tmp_path, text, encoding):
    assert only(write(tmp_path, "a.txt", text.encode(encoding))).text == text


BAD_FILES = {
    "empty.txt": (b"", "an empty file"),
    "blank.txt": (b" \n\n\t ", "no text in it"),
    "binary.txt": (bytes(range(256)) * 8, "binary data"),
    "image.png": (b"\x89PNG\r\n\x1a\n\0\0", "binary data"),
    "report.pdf": (b"%PDF-1.7 ...", "a PDF"),
    "renamed.txt": (b"%PDF-1.7 ...", "a PDF"),
    "half.txt": (b"\xff\xfea\x00\x00\xd8", "byte order mark says utf-16"),
    "table.csv": (b"a,b\n1,2\n", ".csv is not a format that is read"),
    "shell.html": (b"<html><body><script>app()</script></body></html>", "no article text"),
    "sitemap.xml": (b"<?xml version='1.0'?><urlset></urlset>", "not a feed"),
    "void.rss": (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "without entries"),
    "empty.jsonl": (b"", "an empty file"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_gives_one_line_and_the_rest_goes_on(tmp_path, name):
    data, what = BAD_FILES[name]
    bad, good = write(tmp_path, name, data), write(tmp_path, "z.txt", "Tokyo protested.")
    refusal, document = opened(bad, good)
    assert isinstance(refusal, Refusal)
    assert refusal.where == bad.as_posix()
    assert what in refusal.what
    assert refusal.allowed
    assert "\n" not in str(refusal)
    assert isinstance(document, Document)


def test_fifty_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    refusal = only(path)
    assert (refusal.what, "at most 2 MB" in refusal.allowed) == ("50.0 MB is too large for one report", True)


def test_text_over_the_limit_is_refused_in_each_format(tmp_path):
    settings = SourceSettings(network=False, max_text=1000)
    text = "Tokyo protested. " * 90
    line = json.dumps({"text": text})
    found = opened(
        write(tmp_path, "a.txt", text),
        write(tmp_path, "b.jsonl", line + "\n" + '{"text": "Short."}'),
        settings=settings,
    )
    assert ["1.5 MB" in str(item) or "0.0 MB is too large" in str(item) for item in found] == [True, True, False]


def test_endless_line_is_refused_and_the_next_one_read(tmp_path):
    settings = SourceSettings(network=False, max_text=100)
    path = write(tmp_path, "a.jsonl", '{"text": "' + "x" * 5000 + '"}\n{"text": "Tokyo protested."}\n')
    refusal, document = opened(path, settings=settings)
    assert refusal.where == f"{path.as_posix()}:1"
    assert "more than" in refusal.what
    assert document.origin == f"{path.as_posix()}:2"


def test_broken_html_is_read_as_far_as_it_goes(tmp_path):
    paragraph = "<p>The government in Tokyo said on Friday that it would resume its talks with Moscow.<b>"
    document = only(write(tmp_path, "a.html", f"<html><body><div><article>{paragraph * 3}<p></table><p>It"))
    assert document.text.startswith("The government in Tokyo")


def test_page_declares_its_encoding(tmp_path):
    text = "<p>Премьер-министр Японии заявил в пятницу, что переговоры с Россией будут возобновлены весной.</p>" * 3
    page = f"<html><head><meta charset=windows-1251></head><body><article>{text}</article></body></html>"
    assert only(write(tmp_path, "a.html", page.encode("cp1251"))).text.startswith("Премьер-министр Японии")


def test_jsonl_with_broken_lines(tmp_path):
    lines = [
        json.dumps({"id": 7, "text": "Tokyo protested.", "title": "T", "published": "2026-02-20", "language": "en-US"}),
        '{"text": "cut off',
        json.dumps({"id": "b"}),
        json.dumps({"text": "Moscow answered.", "published": "soon"}),
        "",
        b'{"text": "caf\xe9"}'.decode("latin-1"),
        json.dumps({"text": "Beijing watched.", "published": None, "events": [1, 2]}),
    ]
    data = "\n".join(lines).encode("latin-1")
    path = write(tmp_path, "a.jsonl", data)
    first, *refused, last = opened(path)
    assert (first.name, first.title, first.published, first.language) == ("7", "T", date(2026, 2, 20), "en")
    assert [refusal.where for refusal in refused] == [f"{path.as_posix()}:{number}" for number in (2, 3, 4, 6)]
    assert (last.text, last.published, last.origin) == ("Beijing watched.", None, f"{path.as_posix()}:7")


def test_feed_file_with_missing_dates_and_broken_end(tmp_path):
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
    <entry><id>1</id><title>A</title><content type="html">&lt;p&gt;Tokyo protested.&lt;/p&gt;</content></entry>
    <entry><id>2</id><title>B</title><summary>Moscow answered.</summary><updated>2026-02-20T01:00:00Z</updated></entry>
    <entry><id>3"""
    found = opened(write(tmp_path, "a.xml", feed))
    documents = [item for item in found if isinstance(item, Document)]
    assert [(d.text, d.published) for d in documents] == [
        ("Tokyo protested.", None),
        ("Moscow answered.", date(2026, 2, 20)),
    ]
    assert any(isinstance(item, Refusal) and "broken" in item.what for item in found)


def test_folder_is_walked_in_order_without_hidden_files_and_readme(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/x.txt", ".y.txt", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Text of {name}.")
    assert [d.text for d in opened(tmp_path)] == ["Text of a.txt.", "Text of b/1.txt.", "Text of b/2.txt."]


def test_pattern_and_place_named_twice(tmp_path):
    for name in ("b.txt", "a.txt", "c.html"):
        (tmp_path / name).write_text(f"Text of {name}.")
    assert [d.text for d in opened(tmp_path / "*.txt", tmp_path / "a.txt")] == ["Text of a.txt.", "Text of b.txt."]


@pytest.mark.parametrize("spec", ["nothing-here.txt", "nothing-*.txt", ""])
def test_what_does_not_exist(tmp_path, monkeypatch, spec):
    monkeypatch.chdir(tmp_path)
    refusal = only(spec)
    assert "does not exist" in refusal.what or "no file matches" in refusal.what
    assert "reports/*.txt" in refusal.allowed


def test_empty_folder(tmp_path):
    assert only(tmp_path).what == "no files in this folder"


def test_same_input_same_id(tmp_path):
    one, two = write(tmp_path, "a.txt", "Tokyo protested."), write(tmp_path, "b.txt", "Tokyo  protested.\n")
    assert only(one).id == only(two).id


def test_hard_wrapped_lines_are_joined_and_list_lines_are_not():
    wrapped = (
        "The government in Tokyo said on Friday that it would resume\nits talks with Moscow, and added that no\ndate."
    )
    assert "\n" not in normalised(wrapped + "\n\nNext.").split("\n\n")[0]
    assert (
        normalised("Who came?\nThe minister, who had been expected since the morning, came at noon.\n\nNext.").count(
            "\n"
        )
        == 3
    )


@settings(deadline=None)
@given(st.text(max_size=300))
def test_normal_text_is_stable_and_in_nfc(text):
    once = normalised(text)
    assert unicodedata.is_normalized("NFC", once)
    assert "\n\n\n" not in once
    assert once == once.strip()
    assert normalised(once) == once
