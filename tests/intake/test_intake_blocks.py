"""A csv file read by blocks of columns tells the same rows as one read row by row."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.intake.files import csv_blocks
from eligibility.intake.files.csv_file import read_csv
from eligibility.intake.files.grid import Columns
from eligibility.model.diagnostic import InputError

CELL = st.text(st.sampled_from('ab ,"\r\n\t　1一'), max_size=4)
LINE = st.one_of(
    st.lists(st.sampled_from(["a", "一", " 1", ""]), min_size=3, max_size=3).map(",".join),
    st.lists(st.sampled_from(["a", '"一,"', '"b\nc"']), min_size=1, max_size=4).map(",".join),
    st.lists(
        st.sampled_from(["a", '""', '"一,"', '"a""b"', '"""', 'a"b', '"a"b', ' "x"', '"x" ', '"a""']),
        min_size=3,
        max_size=3,
    ).map(",".join),
    CELL,
)


def rows_by_blocks(grid):
    found = []
    for stretch in grid.stretches(3):
        if isinstance(stretch, Columns):
            columns = [column.to_pylist() for column in stretch.cells.columns]
            found += enumerate(map(list, zip(*columns, strict=True)), stretch.first)
        else:
            found += stretch
    return full(found)


def full(rows):
    """A line in which nothing stands is no row of the table, but counts."""
    return [(number, list(cells)) for number, cells in rows if any(cells)]


@settings(deadline=None, max_examples=150)
@given(st.lists(LINE, max_size=12), st.sampled_from(["\n", "\r\n"]), st.integers(1, 40))
def test_blocks_tell_the_rows_that_a_reader_of_csv_tells(tmp_path_factory, lines, end, size):
    path = tmp_path_factory.mktemp("blocks") / "persons.csv"
    path.write_bytes(end.join(["一,二,三", *lines]).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "_BLOCK", size)
        try:
            by_rows = full(read_csv(path).rows)
        except InputError as refused:
            with pytest.raises(InputError) as again:
                rows_by_blocks(read_csv(path))
            assert str(again.value) == str(refused)
        else:
            assert rows_by_blocks(read_csv(path)) == by_rows


def test_a_file_of_regular_rows_is_never_taken_apart_cell_by_cell(tmp_path):
    path = tmp_path / "persons.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["户号", "姓名", "社区"], *(["1", "李某", "乌龙"] for _ in range(1000))])
    stretches = list(read_csv(path).stretches(3))
    assert [type(stretch) for stretch in stretches] == [Columns]
    assert stretches[0].cells.column(1)[1000].as_py() == "李某"


def test_quotes_around_cells_of_one_line_are_taken_by_columns(tmp_path):
    path = tmp_path / "persons.csv"
    path.write_text('户号,姓名,社区\n1,"李,某",乌龙\n2,"说""好""",\n"3","",\r\n', encoding="utf-8-sig")
    ((first, columns),) = [(stretch.first, stretch.cells) for stretch in read_csv(path).stretches(3)]
    assert first == 1
    assert [column.to_pylist()[1:] for column in columns.columns] == [
        ["1", "2", "3"],
        ["李,某", '说"好"', ""],
        ["乌龙", "", ""],
    ]
