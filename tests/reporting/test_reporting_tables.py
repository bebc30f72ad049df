"""The Parquet and CSV files, read back as an outside program would."""

from __future__ import annotations

import csv
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from eligibility.reporting import write_tables
from reporting.reporting_district import HOSTILE_NAME, a_district
from reporting.reporting_run import write_run

DECISIONS = [
    "resident_id",
    "name",
    "household_id",
    "street",
    "community",
    "group",
    "outcome",
    "regime",
    "reasons",
    "clauses_refuted",
    "clauses_open",
    "missing_evidence",
    "settled_by",
    "assumed_parameters",
    "profile_id",
]
COVERAGE = [
    "agreement_no",
    "land_class",
    "community",
    "group",
    "kind",
    "area_mu",
    "covered_mu_min",
    "covered_mu_max",
    "approved_from",
    "approved_to",
    "status",
]
LINKS = ["agreement_no", "land_class", "approval_no", "area_mu_min", "area_mu_max", "certainty", "score", "evidence"]
LINKS += ["component", "proposed", "proposed_mu", "judged_by"]
COMPONENTS = ["component", "agreements", "parcels", "edges", "method", "seconds_limit_hit"]
FINDINGS = [
    *("code", "title", "agreement_no", "land_class", "approval_no", "community", "group", "area_mu", "other_mu", "day"),
    *("other_day", "evidence", "problem", "remedy"),
]
QUARANTINE = ["table", "file", "sheet", "row", "column", "value", "code", "kept", "problem", "remedy"]
IDENTITIES = [
    "household_id",
    "community",
    "group",
    "head",
    "named_by",
    "value",
    "table",
    "file",
    "sheet",
    "row",
    "rows",
]
IDENTITIES += ["evidence", "certainty"]
UMU = Decimal(1_000_000)


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read Chinese"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("decisions", DECISIONS),
        ("coverage", COVERAGE),
        ("links", LINKS),
        ("components", COMPONENTS),
        ("findings", FINDINGS),
        ("quarantine", QUARANTINE),
        ("identities", IDENTITIES),
    ],
)
def test_csv_has_the_columns_of_the_contract(run, name, columns):
    rows = read(run / f"{name}.csv")
    assert rows
    assert list(rows[0]) == columns


def test_decisions_parquet_has_every_person_in_input_order_as_read(run, district):
    table = pq.read_table(run / "decisions.parquet")
    assert table.column_names == DECISIONS
    given = district.execute("SELECT resident_id, name FROM decision.persons ORDER BY row_id").fetchall()
    assert list(zip(table["resident_id"].to_pylist(), table["name"].to_pylist(), strict=True)) == given
    assert HOSTILE_NAME in table["name"].to_pylist()


def test_decisions_csv_equals_parquet_but_for_guarded_formulas(run):
    told = read(run / "decisions.csv")
    exact = pq.read_table(run / "decisions.parquet").to_pylist()
    assert len(told) == len(exact)
    differing = {(a[key], b[key]) for a, b in zip(told, exact, strict=True) for key in DECISIONS if a[key] != b[key]}
    assert differing == {("'" + text, text) for text in (HOSTILE_NAME, "@SUM(A1)", "+1+2")}


def test_a_signed_number_is_no_formula(run):
    assert read(run / "decisions.csv")[1]["household_id"] == "-12"
    assert {row["value"] for row in read(run / "quarantine.csv")} >= {"-3.5", "'=1+1"}


RUN = ("=1", "+a", "-a", "@a", "\t=1", "\ta", "\ra", " =1", "\u3000=1", "＝1", "-1+1", "-", "+1-2", "-3.5亩")
PLAIN = ("甲", "0012", "2012-03-05", "-3.5", "+86", "a=b", "O'Neil", '甲"乙', "甲,乙", "甲\n乙")


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """What the CSV says of persons whose names are the texts above."""
    con, out = a_district(40), tmp_path_factory.mktemp("renamed")
    for row, text in enumerate(RUN + PLAIN):
        con.execute("UPDATE decision.persons SET name = ? WHERE row_id = ?", [text, row])
    write_tables(con, out)
    return dict(zip(RUN + PLAIN, (row["name"] for row in read(out / "decisions.csv")), strict=False))


@pytest.mark.parametrize("text", RUN)
def test_cells_that_a_spreadsheet_could_run_are_guarded(text, renamed):
    assert renamed[text] == "'" + text


@pytest.mark.parametrize("text", PLAIN)
def test_other_cells_come_back_as_they_were(text, renamed):
    assert renamed[text] == text


def test_areas_have_four_decimals_and_their_ends_enclose_the_exact_range(run, district):
    exact = district.execute(
        "SELECT area_umu, covered_umu_min, covered_umu_max FROM link.coverage ORDER BY row_id"
    ).fetchall()
    for row, (area, low, high) in zip(read(run / "coverage.csv"), exact, strict=True):
        said = [row["area_mu"], row["covered_mu_min"], row["covered_mu_max"]]
        assert all(len(text.partition(".")[2]) == 4 for text in said)
        assert 0 <= low / UMU - Decimal(said[1]) < Decimal("0.0001")
        assert 0 <= Decimal(said[2]) - high / UMU < Decimal("0.0001")
        assert abs(Decimal(said[0]) - area / UMU) <= Decimal("0.00005")


def test_whole_areas_do_not_grow_by_rounding(tmp_path):
    con = a_district(40)
    con.execute("UPDATE link.coverage SET area_umu = 4500000, covered_umu_min = 4500000, covered_umu_max = 4500000")
    write_tables(con, tmp_path)
    row = read(tmp_path / "coverage.csv")[0]
    assert {row["area_mu"], row["covered_mu_min"], row["covered_mu_max"]} == {"4.5000"}


def test_unknown_days_are_blank_and_known_ones_iso(run):
    days = {(row["status"], row["approved_from"], row["approved_to"]) for row in read(run / "coverage.csv")}
    assert ("uncovered", "", "") in days
    assert ("covered", "2012-03-05", "2014-06-01") in days


def test_links_follow_the_agreements_and_then_the_approvals_of_the_input(run):
    rows = read(run / "links.csv")
    assert [row["agreement_no"] for row in rows] == sorted(row["agreement_no"] for row in rows)
    # the fixture lists its approvals from 59 down to 0
    assert [row["approval_no"] for row in rows[:2]] == ["云国土资复〔2012〕1号", "云国土资复〔2012〕0号"]


def test_quarantine_follows_the_tables_and_says_whether_the_row_stays(run):
    rows = read(run / "quarantine.csv")
    assert [(row["table"], row["row"], row["kept"]) for row in rows] == [
        ("persons", "12", "yes"),
        ("persons", "12", "yes"),
        ("persons", "700", "no"),
        ("agreements", "4", "no"),
        ("agreements", "9", "no"),
    ]


def test_facts_and_profiles_can_be_joined_to_the_decisions(run):
    facts = pq.read_table(run / "facts.parquet")
    decided = pq.read_table(run / "decisions.parquet")
    assert facts["resident_id"].to_pylist() == decided["resident_id"].to_pylist()
    profiles = pq.read_table(run / "profiles.parquet")["profile_id"].to_pylist()
    assert set(decided["profile_id"].to_pylist()) <= set(profiles)
    assert len(profiles) == len(set(profiles))


def test_the_same_input_gives_the_same_bytes_in_every_file(run, tmp_path):
    again = write_run(tmp_path)
    names = sorted(path.name for path in run.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert [name for name in names if (run / name).read_bytes() != (again / name).read_bytes()] == []


def test_findings_stand_in_the_order_of_their_kinds_and_run_no_formula(run):
    told = [(row["title"], row["agreement_no"], row["area_mu"], row["other_mu"]) for row in read(run / "findings.csv")]
    assert told == [
        ("查无批文", "'=协001", "20.0001", "10.0000"),
        ("查无批文", "协002", "20.0001", "10.0000"),
        ("超征", "协001", "20.0001", "10.0000"),
    ]


def test_one_thread_and_four_write_the_same_bytes(tmp_path):
    written = []
    for threads in (1, 4):
        con, out = a_district(300), tmp_path / str(threads)
        con.execute(f"SET threads = {threads}")
        out.mkdir()
        write_tables(con, out)
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]


def test_a_run_of_nobody_still_writes_every_file(tmp_path):
    con = a_district(40)
    for name in ("decision.persons", "fact.persons", "link.coverage", "link.links", "paper.quarantine"):
        con.execute(f"DELETE FROM {name}")
    write_tables(con, tmp_path)
    assert (tmp_path / "decisions.csv").read_text(encoding="utf-8-sig").strip() == ",".join(DECISIONS)
    assert pq.read_table(tmp_path / "decisions.parquet").num_rows == 0


def test_ids_of_payees_are_masked_formulas_are_texts_and_nobody_stands_last(run):
    rows = read(run / "identities.csv")
    assert [row["household_id"] for row in rows] == ["0000001", "0000001", ""]
    assert {row["value"] for row in rows} == {"9900**********0011", f"'{HOSTILE_NAME}", "**"}
    assert {row["head"] for row in rows} == {f"'{HOSTILE_NAME}", ""}
