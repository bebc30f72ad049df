"""The two workbooks, opened as an officer's spreadsheet would."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from eligibility.reporting import write_workbooks
from reporting.reporting_district import HOSTILE_NAME, PLACES, a_district
from reporting.reporting_policy import OUTCOMES, REASONS, a_policy

CASES = "情形说明"
TO_FILL = ["核查结论", "核查人", "日期", "备注"]


@pytest.fixture(scope="module")
def decisions(run):
    return openpyxl.load_workbook(run / "decisions.xlsx")


@pytest.fixture(scope="module")
def queue(run):
    return openpyxl.load_workbook(run / "review_queue.xlsx")


def dicts(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_summary_comes_first_then_one_sheet_a_street_and_last_the_cases(decisions):
    assert decisions.sheetnames == ["汇总", *PLACES, CASES]


def test_the_summary_adds_up_to_the_number_of_persons(decisions, district):
    rows = [row for row in decisions["汇总"].iter_rows(values_only=True) if row[0] in {*PLACES, "合计"}]
    (persons,) = district.execute("SELECT count(*) FROM decision.persons").fetchone()
    *streets, total = rows
    assert total[5] == persons == sum(row[5] for row in streets)
    for row in rows:
        assert sum(row[1:5]) == row[5]


def test_the_summary_counts_each_street_and_outcome(decisions, district):
    header = next(row for row in decisions["汇总"].iter_rows(values_only=True) if row[0] == "街道")
    counted = {
        (row[0], outcome): number
        for row in decisions["汇总"].iter_rows(values_only=True)
        if row[0] in PLACES
        for outcome, number in zip(header[1:5], row[1:5], strict=True)
    }
    given = district.execute("SELECT street, outcome, count(*) FROM decision.persons GROUP BY ALL").fetchall()
    assert {key: number for key, number in counted.items() if number} == {(s, OUTCOMES[o]): n for s, o, n in given}


def test_the_chart_is_native_with_a_series_for_each_outcome(decisions):
    (chart,) = decisions["汇总"]._charts
    assert len(chart.series) == len(OUTCOMES)
    assert chart.grouping == "stacked"


def test_lists_have_chinese_headers_a_frozen_row_and_filters(decisions, queue):
    for sheet in [*decisions.worksheets[1:], *queue.worksheets]:
        assert sheet.freeze_panes == ("C2" if sheet.title in PLACES and sheet.parent is decisions else "A2"), (
            sheet.title
        )
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title
        assert all("一" <= cell.value[0] <= "鿿" for cell in sheet[1]), sheet.title


def test_every_person_is_on_the_sheet_of_the_street_in_input_order(decisions, district):
    for street in PLACES:
        given = district.execute(
            "SELECT resident_id FROM decision.persons WHERE street = ? ORDER BY row_id", [street]
        ).fetchall()
        assert [row["身份证号"] for row in dicts(decisions[street])] == [one for (one,) in given]


def test_ids_are_text_and_nothing_is_a_formula_or_leads_out_of_the_book(decisions, queue):
    for book in (decisions, queue):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                assert not [cell.coordinate for cell in row if cell.data_type == "f"]
                assert not [cell.coordinate for cell in row if cell.hyperlink and cell.hyperlink.target]
    first = decisions["云桥街道"][2]
    assert first[0].data_type == "s"
    assert first[1].value == HOSTILE_NAME
    assert decisions["云桥街道"]["C3"].value == "-12"


def test_codes_are_shown_by_their_chinese_titles(decisions, district):
    codes = {*OUTCOMES, *REASONS, "most_land_lost", "most_land_line", "natural_resources", "title_certificate"}
    for street in PLACES:
        for row in dicts(decisions[street]):
            for field in (
                "审核结论",
                "原因",
                "不成立的条款",
                "待核的条款",
                "缺少的材料",
                "可核实单位",
                "所依据的假定参数",
            ):
                assert not codes & set((row[field] or "").split("；")), (street, field, row[field])
    assert {row["审核结论"] for street in PLACES for row in dicts(decisions[street])} == set(OUTCOMES.values())


def test_a_refusal_is_titled_by_its_clause_even_where_a_reason_has_the_same_code(tmp_path):
    con, policy = a_district(100), a_policy()
    policy.reasons["most_land_lost"] = policy.reasons["status_unknown"]
    write_workbooks(con, policy, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "decisions.xlsx")
    refused = {row["原因"] for street in PLACES for row in dicts(book[street]) if row["审核结论"] == "不符合"}
    assert {"没有失去大部分土地", "不成立：征地时为在册成员条款"} <= refused, (
        "a reason says what failed, not what is required"
    )
    assert "身份状况不详" not in refused


def test_everybody_in_review_is_in_the_queue_once_and_nobody_else(queue, district):
    queued = Counter(row["身份证号"] for sheet in queue.worksheets[1:] for row in dicts(sheet))
    given = district.execute("SELECT resident_id FROM decision.persons WHERE outcome = 'manual_review'").fetchall()
    assert queued == Counter(one for (one,) in given)


def test_a_question_gathers_the_same_reason_in_the_same_group(queue, district):
    asked = {(q["社区/村"], q["村民小组"], q["核查原因"]): q for q in dicts(queue["问题清单"])}
    assert len(asked) == len(dicts(queue["问题清单"]))
    expected, alone = Counter(), Counter()
    for community, group, reasons in district.execute(
        "SELECT community, \"group\", reasons FROM decision.persons WHERE outcome = 'manual_review'"
    ).fetchall():
        for code in reasons.split(";"):
            expected[community, group, REASONS[code][0]] += 1
            alone[community, group, REASONS[code][0]] += reasons == code
    assert {key: q["涉及人数"] for key, q in asked.items()} == expected
    assert {key: q["仅此一因人数"] for key, q in asked.items()} == alone


def test_a_person_points_to_the_questions_asked_for_them(queue):
    asked = {q["问题编号"]: q for q in dicts(queue["问题清单"])}
    for sheet in queue.worksheets[1:]:
        for row in dicts(sheet):
            questions = [asked[number] for number in row["问题编号"].split("；")]
            assert {(q["社区/村"], q["村民小组"]) for q in questions} == {(row["社区/村"], row["村民小组"])}
            assert [q["核查原因"] for q in questions] == row["核查原因"].split("；")


def test_questions_name_the_papers_and_the_body_that_has_them(queue):
    for question in dicts(queue["问题清单"]):
        if question["核查原因"] == "只有承包台账，没有权证":
            assert question["需补材料"] == "土地承包经营权证；二轮承包合同"
            assert question["可核实单位"] == "农业农村局"
            return
    pytest.fail("the district has such a question")


def test_persons_of_one_community_and_reason_stand_together(queue):
    for sheet in queue.worksheets[1:]:
        runs = [(row["社区/村"], row["核查原因"]) for row in dicts(sheet)]
        changes = [pair for before, pair in zip([None, *runs], runs, strict=False) if pair != before]
        assert len(changes) == len(set(changes)), sheet.title


def test_the_reviewer_finds_blank_columns_and_a_drop_down(queue):
    for sheet in queue.worksheets:
        assert [cell.value for cell in sheet[1]][-4:] == TO_FILL
        assert all(row[field] is None for row in dicts(sheet) for field in TO_FILL)
        (rule,) = sheet.data_validations.dataValidation
        assert rule.formula1 == '"成立,不成立,仍不详"'
        column = sheet.cell(1, sheet.max_column - 3).column_letter
        assert str(rule.sqref) == f"{column}2:{column}{sheet.max_row}"


def test_dates_of_the_file_are_the_day_of_decision(decisions, queue):
    assert {book.properties.created for book in (decisions, queue)} == {datetime(2022, 10, 31)}


def test_a_list_longer_than_a_sheet_goes_on_in_another(tmp_path):
    con = a_district(300)
    write_workbooks(con, a_policy(), tmp_path, sheet_rows=41)
    book = openpyxl.load_workbook(tmp_path / "decisions.xlsx")
    assert "云桥街道 (2)" in book.sheetnames
    assert max(sheet.max_row for sheet in book.worksheets[1:-1]) == 41
    assert sum(len(dicts(sheet)) for sheet in book.worksheets[1:-1]) == 300
    assert [cell.value for cell in book["云桥街道 (2)"][1]] == [cell.value for cell in book["云桥街道"][1]]


def test_a_list_that_just_fills_its_sheet_begins_no_other(tmp_path):
    con = a_district(40)
    con.execute("UPDATE decision.persons SET street = '云桥街道'")
    write_workbooks(con, a_policy(), tmp_path, sheet_rows=41)
    assert openpyxl.load_workbook(tmp_path / "decisions.xlsx").sheetnames == ["汇总", "云桥街道", CASES]


def test_names_of_streets_that_excel_refuses_still_get_a_sheet(tmp_path):
    con = a_district(60)
    streets = ["[a/b]:*?", "History", "'引号'", "长" * 40, "长" * 39 + "短", "Abc", "aBC", "汇总", CASES, "/"]
    for number, street in enumerate(streets):
        con.execute("UPDATE decision.persons SET street = ? WHERE row_id % 10 = ?", [street, number])
    write_workbooks(con, a_policy(), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "decisions.xlsx")
    assert len({name.lower() for name in book.sheetnames}) == 12
    assert {row["街道"] for sheet in book.worksheets[1:-1] for row in dicts(sheet)} == set(streets)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path):
    con = a_district(40)
    con.execute("UPDATE decision.persons SET name = repeat('长', 40000) WHERE row_id = 0")
    write_workbooks(con, a_policy(), tmp_path)
    name = openpyxl.load_workbook(tmp_path / "decisions.xlsx")["云桥街道"]["B2"].value
    assert len(name) == 32_767
    assert name.endswith("…")


def test_workbooks_of_nobody_can_be_opened(tmp_path):
    con = a_district(40)
    con.execute("DELETE FROM decision.persons")
    write_workbooks(con, a_policy(), tmp_path)
    assert openpyxl.load_workbook(tmp_path / "decisions.xlsx").sheetnames == ["汇总"]
    assert dicts(openpyxl.load_workbook(tmp_path / "review_queue.xlsx")["问题清单"]) == []


def test_a_person_in_review_without_a_reason_is_not_lost(tmp_path):
    con = a_district(40)
    con.execute("UPDATE decision.persons SET outcome = 'manual_review', reasons = '' WHERE row_id = 7")
    write_workbooks(con, a_policy(), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "review_queue.xlsx")
    assert "（未列明原因）" in {question["核查原因"] for question in dicts(book["问题清单"])}
    assert "甲7" in {row["姓名"] for sheet in book.worksheets[1:] for row in dicts(sheet)}


def test_a_large_run_is_put_by_on_disk_with_the_same_content(tmp_path, monkeypatch):
    books = []
    for kept in (20, 0):
        monkeypatch.setattr("eligibility.reporting.books.list_sheet.KEPT_BATCHES", kept)
        monkeypatch.setattr("eligibility.reporting.books.list_sheet.BATCH", 7)
        write_workbooks(a_district(200), a_policy(), tmp_path)
        books.append(openpyxl.load_workbook(tmp_path / "decisions.xlsx"))
    for street in ["汇总", *PLACES, CASES]:
        assert list(books[0][street].values) == list(books[1][street].values)


def test_the_number_of_a_case_leads_to_its_explanation(decisions):
    for street in PLACES:
        for row in decisions[street].iter_rows(min_row=2):
            link = row[14].hyperlink
            assert link.ref == row[14].coordinate
            sheet, _, cell = link.location.rpartition("!")
            assert decisions[sheet.strip("'")][cell].value == row[14].value


def test_a_case_is_explained_once_with_the_law_it_rests_on(decisions, district):
    cases = {case["情形编号"]: case for case in dicts(decisions[CASES])}
    given = district.execute("SELECT profile_id, count(*) FROM decision.persons GROUP BY ALL").fetchall()
    assert {key: case["人数"] for key, case in cases.items()} == dict(given)
    refused = next(case for case in cases.values() if case["审核结论"] == "不符合")
    assert "——" in refused["不成立的条款及依据"]
    titles = {case["审核结论"] for case in cases.values()}
    assert titles == set(OUTCOMES.values())


def test_a_street_of_the_summary_leads_to_its_sheet(decisions):
    links = {row[0].value: row[0].hyperlink for row in decisions["汇总"].iter_rows() if row[0].hyperlink}
    assert {street: link.location for street, link in links.items()} == {street: f"'{street}'!A1" for street in PLACES}


def test_what_spreadsheets_cannot_hold_is_escaped_not_lost(tmp_path):
    con = a_district(40)
    names = ["a&b<c>", " 前后空格 ", "一\x0b二", "_x0041_", "行\n行", "尾\uffff"]
    for row, name in enumerate(names):
        con.execute("UPDATE decision.persons SET name = ?, street = '云桥街道' WHERE row_id = ?", [name, row])
    write_workbooks(con, a_policy(), tmp_path)
    read = [row["姓名"] for row in dicts(openpyxl.load_workbook(tmp_path / "decisions.xlsx")["云桥街道"])]
    assert [
        re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), one) for one in read[: len(names)]
    ] == names
