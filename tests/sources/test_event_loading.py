import gzip
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from detente.model.errors import InputRefusedError, UsageError
from detente.record import Record
from detente.sources.events import built_in_formats, format_named, load_events, read_format
from detente.sources.events.mapping import code_of

ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
    "Country\tLatitude\tLongitude"
)


def icews(day: str, source: str, code: str, target: str, city: str = "Tokyo") -> str:
    return f"1\t{day}\tSomebody ({source})\tGovernment\t{source}\tText\t{code}\t1\tOther\tGovernment\t{target}" + (
        f"\t9\t2\tPaper\t{city}\tNA\tNA\tJapan\t35\t139"
    )


@pytest.fixture
def record(tmp_path: Path):
    with Record.open(tmp_path / "r.duckdb") as opened:
        yield opened


def written(record: Record) -> list[dict[str, object]]:
    return list(record.query("SELECT * FROM coded_events ORDER BY line").to_pylist())


def file_of(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_icews_rows_get_actors_types_quads_and_places(record, tmp_path):
    path = file_of(tmp_path, "e.tab", ICEWS_HEAD, icews("2018-06-01", "Japan", "040", "Russian Federation"))
    load = load_events(path, format_named("icews"), record)
    (row,) = written(record)
    assert (load.rows, load.new, load.refused) == (1, 1, 0)
    assert (row["source"], row["target"], row["day"]) == ("JPN", "RUS", date(2018, 6, 1))
    assert (row["code"], row["type"], row["quad"]) == ("040", "CONSULT", "verbal cooperation")
    assert (row["place"], row["source_name"], row["line"]) == ("Tokyo", "Somebody (Japan)", 2)


def test_old_icews_headings_and_days_are_understood(record, tmp_path):
    head = ICEWS_HEAD.replace("Event Date", "event_date").replace("Source Country", "source_country")
    path = file_of(tmp_path, "e.tab", head, icews("06/30/2009", "Japan", "173", "Occupied Palestinian Territory"))
    load_events(path, format_named("icews"), record)
    (row,) = written(record)
    assert (row["day"], row["target"], row["quad"]) == (date(2009, 6, 30), "PSE", "material conflict")


def test_bad_rows_are_counted_and_shown_with_their_line_and_the_rest_goes_on(record, tmp_path):
    lines = [
        ICEWS_HEAD,
        icews("2018-06-01", "Japan", "040", "China"),
        icews("1 June", "Japan", "040", "China"),
        "only\tthree\tcolumns",
        icews("2018-06-01", "Japan", "999", "China"),
        icews("2018-06-02", "NA", "040", "China"),
        icews("2018-06-03", "Japan", "190", "China"),
    ]
    load = load_events(file_of(tmp_path, "e.tab", *lines), format_named("icews"), record)
    assert (load.rows, load.new, load.refused, load.without_parties) == (6, 2, 3, 1)
    shown = {refusal.where.rsplit(":", 1)[1]: refusal.what for refusal in load.refusals}
    assert "'1 June' is not understood" in shown["3"]
    assert "4" in shown
    assert "'999' is no CAMEO code" in shown["5"]
    assert [row["line"] for row in written(record)] == [2, 7]


def test_loading_twice_changes_nothing(record, tmp_path):
    lines = (ICEWS_HEAD, icews("2018-06-01", "Japan", "040", "China"), icews("2018-06-02", "Japan", "040", "China"))
    path = file_of(tmp_path, "e.tab", *lines)
    load_events(path, format_named("icews"), record)
    before = written(record)
    again = load_events(path, format_named("icews"), record)
    assert (again.new, again.duplicates) == (0, 2)
    assert written(record) == before


def test_same_source_target_code_day_and_place_is_one_event(record, tmp_path):
    lines = [icews("2018-06-01", "Japan", "040", "China", city) for city in ("Tokyo", "Tokyo", "Osaka", "NA")]
    load = load_events(file_of(tmp_path, "e.tab", ICEWS_HEAD, *lines), format_named("icews"), record)
    assert (load.new, load.duplicates) == (3, 1)
    assert [row["place"] for row in written(record)] == ["Tokyo", "Osaka", None]


def gdelt(columns: int, **cells: str) -> str:
    names = format_named("gdelt2" if columns == 61 else "gdelt1").names or ()
    return "\t".join(cells.get(name, "") for name in names)


@pytest.mark.parametrize(("name", "columns", "added"), [("gdelt1", 58, "20140303"), ("gdelt2", 61, "20140303001500")])
def test_gdelt_files_plain_zipped_and_gzipped(record, tmp_path, name, columns, added):
    cells = {"SQLDATE": "20140301", "DATEADDED": added, "Actor1Code": "RUSMIL", "Actor2Code": "UKR"}
    line = gdelt(columns, **cells, EventCode="190", ActionGeo_FullName='Simferopol "Krym", Ukraine')
    plain = file_of(tmp_path, "g.csv", line, gdelt(columns, **cells, EventCode="---"))
    with ZipFile(tmp_path / "g.zip", "w") as archive:
        archive.write(plain, "g.csv")
    (tmp_path / "g.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    loads = [load_events(tmp_path / f, format_named(name), record) for f in ("g.zip", "g.csv.gz", "g.csv")]
    assert [(load.new, load.duplicates, load.refused) for load in loads] == [(1, 0, 1), (0, 1, 1), (0, 1, 1)]
    (row,) = written(record)
    assert (row["source"], row["target"], row["source_name"]) == ("RUS", "UKR", "RUSMIL")
    assert (row["day"], row["known"]) == (date(2014, 3, 1), date(2014, 3, 3))
    assert row["place"] == 'Simferopol "Krym", Ukraine'


def test_polecat_rows_are_plover(record, tmp_path):
    head = "Event ID\tEvent Date\tEvent Type\tActor Name\tActor Country\tRecipient Name\tRecipient Country\tCity\t"
    row = "1\t2022-03-01\tSANCTION\tFumio Kishida\tJPN\tRussia\tRUS\tTokyo\t2022-03-02"
    load_events(file_of(tmp_path, "p.txt", head + "Publication Date", row), format_named("polecat"), record)
    (found,) = written(record)
    assert (found["type"], found["quad"], found["known"]) == ("SANCTION", "material conflict", date(2022, 3, 2))
    assert (found["source"], found["target"], found["scheme"]) == ("JPN", "RUS", "PLOVER")


def test_keds_codes_mean_what_they_meant_on_the_day(record, tmp_path):
    head = "date,source,target,code"
    lines = (
        "1991-08-01,YUG,CRO,223",
        "1995-08-01,FRYGOV,CRO,223",
        "1985-01-01,USR,UK,031",
        "1995-01-01,YUGCRO,BOS,031",
    )
    load_events(file_of(tmp_path, "k.csv", head, *lines), format_named("keds_weis"), record)
    found = [(row["source"], row["target"]) for row in written(record)]
    assert found == [("YUG", "HRV"), ("SRB", "HRV"), ("RUS", "GBR"), ("HRV", "BIH")]


def test_keds_as_published_and_two_schemes_one_code(record, tmp_path):
    path = file_of(tmp_path, "k.tab", "790415\tEGY\tISR\t112\t(ACCUSE)")
    load_events(path, format_named("keds_cameo_tab"), record, dataset="keds-levant")
    (row,) = written(record)
    assert (row["day"], row["type"], row["dataset"]) == (date(1979, 4, 15), "ACCUSE", "keds-levant")
    cameo, weis = code_of("112", "CAMEO"), code_of("112", "WEIS")
    assert cameo is not None
    assert weis is not None
    assert (cameo.type, weis.type) == ("ACCUSE", "REJECT")


def test_quads_with_id_maps(record, tmp_path):
    file_of(tmp_path, "entity2id.txt", "Japan\t0", "Foreign Affairs (Russia)\t1")
    file_of(tmp_path, "relation2id.txt", "Make_a_visit\t0", "Impose embargo, boycott, or sanctions\t1")
    path = file_of(tmp_path, "train.txt", "0\t1\t1\t24\t-1", "1\t0\t0\t8736\t-1")
    load_events(path, format_named("quads_icews14"), record)
    first, second = written(record)
    assert (first["source"], first["target"], first["day"]) == ("JPN", "RUS", date(2014, 1, 2))
    assert (first["code"], first["type"]) == ("163", "SANCTION")
    assert (second["day"], second["source_name"]) == (date(2014, 12, 31), "Foreign Affairs (Russia)")


MAPPING = """
dataset = "mine"
title = "My events"
origin = "my desk"
licence = "mine"
actors = "iso"
codes = "CAMEO"
delimiter = ";"
quote = '"'
day_formats = ["%d.%m.%Y"]
[columns]
source = "who"
target = "whom"
day = "when"
code = "what"
"""


def test_any_csv_through_a_mapping_file(record, tmp_path):
    (tmp_path / "mine.toml").write_text(MAPPING)
    path = file_of(tmp_path, "mine.csv", 'when;"who";whom;what', "24.02.2022;RUS;UKR;190")
    load_events(path, read_format(tmp_path / "mine.toml"), record)
    (row,) = written(record)
    assert (row["dataset"], row["day"], row["source"]) == ("mine", date(2022, 2, 24), "RUS")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('actors = "iso"', 'actors = "ios"'), "actors 'ios' is not known; allowed: cameo"),
        (('code = "what"', ""), r"\[columns\] lacks code"),
        (('dataset = "mine"', ""), "dataset"),
        (('delimiter = ";"', 'delimiter = ";;"'), "one character each"),
        (("dataset", "= ="), "allowed: dataset, title"),
    ],
)
def test_a_faulty_mapping_file_is_refused_with_what_is_allowed(tmp_path, change, message):
    path = tmp_path / "mine.toml"
    path.write_text(MAPPING.replace(*change))
    with pytest.raises(UsageError, match=message):
        read_format(path)


def test_files_that_cannot_be_read_are_refused(record, tmp_path):
    shape = format_named("icews")
    with pytest.raises(InputRefusedError, match="cannot be read"):
        load_events(tmp_path / "nowhere.tab", shape, record)
    (tmp_path / "broken.zip").write_bytes(b"no archive")
    with pytest.raises(InputRefusedError, match="no ZIP archive"):
        load_events(tmp_path / "broken.zip", shape, record)
    with pytest.raises(InputRefusedError, match="no column Source Country"):
        load_events(file_of(tmp_path, "other.tab", "a\tb", "1\t2"), shape, record)
    (tmp_path / "empty.tab").write_bytes(b"")
    with pytest.raises(InputRefusedError, match="is empty"):
        load_events(tmp_path / "empty.tab", shape, record)
    assert written(record) == []


def test_unknown_formats_name_the_known_ones():
    with pytest.raises(UsageError, match="allowed: cameo_csv"):
        format_named("gdelt9")
    assert {"gdelt1", "gdelt2", "icews", "polecat", "keds_weis", "quads_icews18"} <= set(built_in_formats())


def test_progress_is_told(record, tmp_path):
    told: list[tuple[int, int]] = []
    path = file_of(tmp_path, "e.tab", ICEWS_HEAD, icews("2018-06-01", "Japan", "040", "China"))
    load_events(path, format_named("icews"), record, progress=lambda done, rows: told.append((done, rows)))
    assert told == [(1, 1)]
