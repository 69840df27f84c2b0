import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.errors import UsageError
from detente.outlook.places import STATE_ROLE, read_places
from detente.outlook.quads import Quads, load_benchmark, mirrored


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "entity2id.txt").write_text("Japan\t0\nRussia\t1\nPolice (Japan)\t2\n")
    (tmp_path / "relation2id.txt").write_text("Consult\t0\nThreaten\t1\n")
    with gzip.open(tmp_path / "train.txt.gz", "wt") as file:
        file.write("1\t1\t0\t48\t-1\n0\t0\t1\t0\t-1\n")
    (tmp_path / "valid.txt").write_text("2 0 1 72\n")
    return tmp_path


def test_a_benchmark_folder_is_read_with_names_and_days(folder):
    benchmark = load_benchmark(folder)
    assert benchmark.train.rows.tolist() == [[0, 0, 1, 0], [1, 1, 0, 2]]
    assert benchmark.valid.rows.tolist() == [[2, 0, 1, 3]]
    assert benchmark.test is None
    assert benchmark.train.entities == ("Japan", "Russia", "Police (Japan)")
    assert len(benchmark.everything) == 3


@pytest.mark.parametrize("missing", ["entity2id.txt", "train.txt.gz"])
def test_a_missing_file_is_named(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(UsageError, match=missing.split(".")[0]):
        load_benchmark(folder)


def test_bad_lines_are_refused_with_their_place(folder):
    (folder / "entity2id.txt").write_text("Japan 0\n")
    with pytest.raises(UsageError, match=r"entity2id\.txt:1"):
        load_benchmark(folder)
    (folder / "entity2id.txt").write_text("Japan\t0\n")
    with pytest.raises(UsageError, match="ids outside"):
        load_benchmark(folder)


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=30), st.randoms())
def test_order_of_rows_does_not_matter_and_mirrors_are_inverses(rows, random):
    names, relations = [f"E{i}" for i in range(5)], [f"r{i}" for i in range(5)]
    shuffled = rows[:]
    random.shuffle(shuffled)
    quads = Quads.of(np.array(rows), names, relations)
    assert np.array_equal(quads.rows, Quads.of(np.array(shuffled), names, relations).rows)
    s, r, o, day = mirrored(quads)
    assert np.array_equal(s[0::2], o[1::2])
    assert np.array_equal(r[0::2] + 5, r[1::2])
    assert (np.diff(day) >= 0).all()


def test_names_tell_role_and_country():
    places = read_places(["Japan", "Police_(Japan)", "Citizen (Iran)", "Barack Obama"])
    assert [places.roles[i] for i in places.role] == [STATE_ROLE, "Police", "Citizen", "named"]
    assert [places.countries[i] for i in places.country] == ["Japan", "Japan", "Iran", ""]
