"""Invented damage: the two readers of a cell agree, no row goes missing, and nothing but InputError comes out."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.intake import read_dossier
from eligibility.intake.cells.read import cell_text
from eligibility.intake.cells.readings import reading_of
from eligibility.intake.rows.columns import outputs
from eligibility.intake.statements import statement
from eligibility.model.diagnostic import InputError
from eligibility.model.resident_id import check_character
from eligibility.model.tables import TABLES, table
from intake.intake_papers import PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, ZHANG, write_csv, write_xlsx

HARD = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "合计", "-1", "1e9", "2012-02-30", "12亩", "无", "'", '"', "=1+1", ZHANG, "A1", "H1", "乌龙"]
    ),
)


def bodies() -> st.SearchStrategy[str]:
    """Seventeen digits with a day that may be none, and a check character that may be wrong."""
    days = st.from_regex(r"(17|18|19|20)[0-9]{2}(0[0-9]|1[0-3])([0-2][0-9]|3[0-2])", fullmatch=True)
    return st.builds(
        lambda region, day, serial, check: (body := region + day + serial) + (check or check_character(body)),
        st.from_regex(r"[0-9]{6}", fullmatch=True),
        days,
        st.from_regex(r"[0-9]{3}", fullmatch=True),
        st.sampled_from(["", "", "", "0", "X", "x"]),
    )


DAYS = st.from_regex(r"(18|19|20|21)[0-9]{2}-[0-1][0-9]-[0-3][0-9]( 08:00)?", fullmatch=True)


@pytest.mark.parametrize(
    ("table_key", "column", "texts"),
    [
        ("persons", "member_from", DAYS),
        ("persons", "deceased_on", DAYS),
        ("groups", "contracted_mu", st.from_regex(r"[0-9]{1,8}(\.[0-9]{1,7})?", fullmatch=True)),
        ("payouts", "household_id", st.text(st.sampled_from("AE1e9+-号组丽ａ　\u200b\uf9d1 "), min_size=1, max_size=7)),
        ("payouts", "amount_yuan", st.from_regex(r"[0-9]{1,13}(\.[0-9]{1,3})?", fullmatch=True)),
    ],
)
def test_what_sql_reads_python_reads_alike(table_key: str, column: str, texts: st.SearchStrategy[str]) -> None:
    reading = reading_of(table(table_key).column(column))
    assert reading is not None
    con = duckdb.connect()

    @HARD
    @given(st.lists(texts, min_size=20, max_size=60, unique=True))
    def agree(sample: list[str]) -> None:
        fields = ", ".join(f"{name} {kind}" for name, kind in reading.fields)
        con.execute(f"CREATE OR REPLACE TABLE cell (text VARCHAR, {fields}, issue VARCHAR)")
        texts = ", ".join(f"('{text}')" for text in sample)
        con.execute(statement(reading.fast, cells="cell", texts=f"SELECT * FROM (VALUES {texts}) AS v(text)"))
        read = con.execute("FROM cell").fetchall()
        assert [row[1:] for row in read] == [reading.parse(row[0]) for row in read]

    agree()


def test_a_resident_id_that_stands_as_it_is_python_would_read_alike() -> None:
    column = table("persons").column("resident_id")
    reading = reading_of(column)
    assert reading is not None
    made = ", ".join(one.sql for one in outputs(column))
    con = duckdb.connect()
    con.execute("CREATE SCHEMA intake")

    @HARD
    @given(st.lists(bodies(), min_size=20, max_size=60, unique=True))
    def agree(sample: list[str]) -> None:
        values = ", ".join(f"('{text}')" for text in sample)
        con.execute(f"CREATE OR REPLACE TABLE intake.raw AS SELECT * FROM (VALUES {values}) AS v(resident_id)")
        asked = statement(reading.irregular, text=cell_text(column))
        stands = f"SELECT resident_id, {made} FROM intake.raw AS r, (SELECT NULL AS text, NULL AS id, NULL AS valid, NULL::DATE AS born) AS m WHERE resident_id NOT IN ({asked})"
        for text, *read in con.execute(stands).fetchall():
            assert (*read, "") == reading.parse(text)
            stood.add(text)

    stood = set[str]()
    agree()
    assert stood


def read(folder: Path) -> duckdb.DuckDBPyConnection:
    """Read it, and see that every row is accounted for; InputError is an answer too."""
    con = duckdb.connect()
    with suppress(InputError):
        read_dossier(folder, con)
        told = con.execute("SELECT table_name, rows_in, kept, quarantined FROM paper.tables").fetchall()
        assert [name for name, *_ in told] == [one.key for one in TABLES]
        for name, rows_in, kept, quarantined in told:
            assert rows_in == kept + quarantined
            aside = (
                'SELECT count(DISTINCT (file, sheet, "row")) FROM paper.quarantine WHERE table_name = ? AND NOT kept'
            )
            assert con.execute(aside, [name]).fetchone() == (quarantined,)
    return con


@HARD
@given(st.sampled_from(TABLES[1:]), st.data())
def test_any_cells_in_any_table(one: object, data: st.DataObject) -> None:
    columns = one.columns  # type: ignore[attr-defined]
    rows = data.draw(st.lists(st.lists(CELLS, max_size=len(columns) + 1), max_size=6))
    people = [*PERSONS, "死亡日期", "军官", "成员资格争议"]
    persons = data.draw(st.lists(st.lists(CELLS, min_size=3, max_size=10), max_size=4))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        encoding = {"encoding": "utf-8", "errors": "ignore"}
        for name, header, cells in (
            ("persons", people, [ROW_ZHANG, *persons]),
            (one.key, [c.zh for c in columns], rows),
        ):  # type: ignore[attr-defined]
            text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *cells])
            (path / f"{name}.csv").write_text(text, **encoding)
        read(path)


def mutated(good: bytes) -> st.SearchStrategy[bytes]:
    """The file with some bytes replaced, put in or left out."""
    edit = st.tuples(st.integers(0, len(good)), st.integers(0, 8), st.binary(max_size=8))

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        body = good
        for place, length, new in edits:
            body = body[:place] + new + body[place + length :]
        return body

    return st.lists(edit, min_size=1, max_size=4).map(apply)


@pytest.mark.parametrize("name", ["persons.csv", "persons.xlsx", "persons.parquet"])
def test_any_damage_to_a_file(name: str, tmp_path: Path) -> None:
    people = [PERSONS, ROW_ZHANG, ROW_LI, ROW_WANG]
    path = tmp_path / name
    if name.endswith("csv"):
        write_csv(path, people)
    elif name.endswith("xlsx"):
        write_xlsx(path, {"persons": people}, ["C2:C3"])
    else:
        source = write_csv(tmp_path / "people.txt", people)
        duckdb.sql(f"COPY (FROM read_csv('{source}', all_varchar = true, header = true)) TO '{path}' (FORMAT parquet)")

    @HARD
    @given(mutated(path.read_bytes()))
    def survive(body: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(body)
            read(Path(folder))

    survive()
