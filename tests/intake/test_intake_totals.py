"""Total rows: left out, but first held against the rows they total."""

from __future__ import annotations

from typing import Any

import pytest

from intake.intake_papers import PERSONS, ROW_LI, ROW_WANG, ROW_ZHANG, Dossier, write_csv

HEAD = ["户号", "面积"]


def differing(dossier: Dossier, table: str) -> list[tuple[Any, ...]]:
    sql = "SELECT \"row\", col, value, problem FROM paper.quarantine WHERE table_name = ? AND code = 'total_differs'"
    return dossier.con.execute(sql, [table]).fetchall()


def test_a_total_that_is_the_sum_says_nothing_more(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", HEAD, ["H1", "1.25"], ["H2", "3亩"], ["合计", "4.25"]).read()
    assert [code for *_, code, _ in dossier.findings("contract_ledger")] == ["total_row"]


def test_a_total_that_differs_names_both_numbers(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", HEAD, ["H1", "1.25"], ["H2", "3"], ["合计", "4.52"]).read()
    assert differing(dossier, "contract_ledger") == [(4, "面积", "4.52", "合计写作「4.52」，各行之和为4.25亩")]
    assert dossier.column("contract_ledger", "state") == ["kept", "kept"]


def test_subtotals_and_their_total(dossier: Dossier) -> None:
    rows = [
        ["H1", "1"],
        ["H1", "2"],
        ["小计", "3"],
        ["H2", "4"],
        ["小计", "4"],
        ["合计", "7"],
        ["H2", "5"],
        ["总计", "12"],
    ]
    dossier.with_table("contract_ledger", HEAD, *rows).read()
    assert differing(dossier, "contract_ledger") == []


def test_a_wrong_subtotal_is_found_though_the_total_is_right(dossier: Dossier) -> None:
    rows = [["H1", "1"], ["小计", "1.5"], ["H2", "4"], ["合计", "5"]]
    dossier.with_table("contract_ledger", HEAD, *rows).read()
    assert [row for row, *_ in differing(dossier, "contract_ledger")] == [3]


@pytest.mark.parametrize("total", ["3.3", "3.33", "", "见附表"])
def test_a_rounded_or_unreadable_total_is_no_difference(dossier: Dossier, total: str) -> None:
    dossier.with_table("contract_ledger", HEAD, ["H1", "1.111"], ["H2", "2.222"], ["合计", total]).read()
    assert differing(dossier, "contract_ledger") == []


def test_a_total_above_the_rows(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", HEAD, ["合计", "3"], ["H1", "1"], ["H2", "2"]).read()
    assert differing(dossier, "contract_ledger") == []


def test_where_a_cell_cannot_be_read_the_total_is_not_judged(dossier: Dossier) -> None:
    dossier.with_table("contract_ledger", HEAD, ["H1", "1"], ["H2", "若干"], ["合计", "3"]).read()
    assert differing(dossier, "contract_ledger") == []


def test_areas_in_their_unit_and_money(dossier: Dossier) -> None:
    head = ["协议编号", "社区", "面积", "单位", "补偿款"]
    rows = [
        ["A1", "乌龙", "1.5", "公顷", "100.50"],
        ["A2", "乌龙", "2.5", "公顷", "200.50"],
        ["合计", "", "4.0", "", "300"],
    ]
    dossier.with_table("agreements", head, *rows).read()
    assert [(col, value) for _, col, value, _ in differing(dossier, "agreements")] == [("补偿款", "300")]


def test_persons_counted_below_their_list(dossier: Dossier) -> None:
    dossier.with_table("persons", PERSONS, ROW_ZHANG, ROW_LI, ["合计", "3人"]).read()
    assert differing(dossier, "persons") == [(4, "", "3人", "合计写作「3人」，各行之和为2人")]


def test_a_total_over_several_files_stands_in_the_last(dossier: Dossier) -> None:
    (dossier.folder / "persons.csv").unlink()
    write_csv(dossier.folder / "人员名册-1.csv", [PERSONS, ROW_ZHANG, ROW_LI])
    write_csv(dossier.folder / "人员名册-2.csv", [PERSONS, ROW_WANG, ["总计", "3人"]])
    assert differing(dossier.read(), "persons") == []


PARCEL = ["批文文号", "社区", "地类", "面积", "单位"]
NUMBER = "云国土资复〔2012〕665号"


@pytest.mark.parametrize(("garden", "whole", "wrong"), [("2", "6.5", []), ("2.5", "6.5", [6]), ("2", "7.0", [7])])
def test_classes_that_do_not_add_up_to_their_approval(
    dossier: Dossier, garden: str, whole: str, wrong: list[int]
) -> None:
    dossier.with_table("approvals", ["批文文号"], [NUMBER])
    rows = [
        [NUMBER, "乌龙", "耕地", "3", "公顷"],
        [NUMBER, "乌龙", "园地", "2", "公顷"],
        [NUMBER, "可乐", "耕地", "1.5", "公顷"],
        ["小计", "", "耕地", "4.5", "公顷"],
        ["小计", "", "园地", garden, "公顷"],
        ["合计", "", "", whole, "公顷"],
    ]
    dossier.with_table("approval_parcels", PARCEL, *rows).read()
    assert [row for row, *_ in differing(dossier, "approval_parcels")] == wrong
