"""The two workbooks, opened as an officer's spreadsheet would."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from eligibility.model.visible import visible
from eligibility.model.work_list import QUESTION_FILL, QUESTIONS, SHARE_FILL, SHARES
from eligibility.reporting import write_workbooks
from eligibility.reporting.books.forms import SUMMED
from eligibility.reporting.books.review_book import GUIDE
from reporting.reporting_district import HOSTILE_NAME, PLACES, a_district
from reporting.reporting_policy import OUTCOMES, REASONS, a_policy

CASES = "情形说明"

SUM = r'=ROUND\(SUMIF\(\$A\$2:\$A\$\d+,\$A\d+,\$F\$2:\$F\$\d+\),4\)&" / [\d.]+"'
"""The only formula that a workbook of ours has."""


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
    for sheet in [*decisions.worksheets[1:], *queue.worksheets[1:]]:
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
                formulas = [cell for cell in row if cell.data_type == "f"]
                assert all(sheet.cell(1, cell.column).value == SUMMED for cell in formulas)
                assert all(re.fullmatch(SUM, cell.value) for cell in formulas), [cell.value for cell in formulas]
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
                "所依据的推定参数",
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


def persons_of(queue):
    """The rows of the persons: the sheets of the streets."""
    return [row for sheet in queue.worksheets if sheet.title not in (GUIDE, QUESTIONS, SHARES) for row in dicts(sheet)]


def test_everybody_in_review_is_in_the_queue_once_and_nobody_else(queue, district):
    queued = Counter(row["身份证号"] for row in persons_of(queue))
    given = district.execute("SELECT resident_id FROM decision.persons WHERE outcome = 'manual_review'").fetchall()
    assert queued == Counter(one for (one,) in given)


def test_every_question_stands_once_with_the_persons_it_touches_and_settles(queue, district):
    asked = {q["键"]: (q["涉及人数"], q["答复即可办结人数"]) for q in dicts(queue[QUESTIONS])}
    assert len(asked) == len(dicts(queue[QUESTIONS]))
    told = district.execute("SELECT question_id, persons_touched, persons_settled FROM decision.questions").fetchall()
    assert asked == {question: (touched, settled) for question, touched, settled in told}


def test_a_person_points_to_the_questions_asked_for_them(queue):
    asked = {q["问题编号"]: q for q in dicts(queue[QUESTIONS])}
    for row in persons_of(queue):
        questions = [asked[number] for number in row["问题编号"].split("；")]
        assert {(q["社区/村"], q["村民小组"]) for q in questions} == {(row["社区/村"], row["村民小组"])}
        assert [q["问题编号"] for q in questions] == list(dict.fromkeys(row["问题编号"].split("；")))
        assert sorted(q["核查原因"] for q in questions) == sorted(row["核查原因"].split("；"))


def test_questions_name_the_papers_and_the_body_that_has_them(queue):
    for question in dicts(queue[QUESTIONS]):
        if question["核查原因"] == "只有承包台账，没有权证":
            assert question["需补材料"] == "土地承包经营权证；二轮承包合同"
            assert question["可核实单位"] == "农业农村局"
            return
    pytest.fail("the district has such a question")


def test_the_question_that_settles_most_persons_comes_first(queue):
    worth = [(-q["答复即可办结人数"], -q["涉及人数"]) for q in dicts(queue[QUESTIONS])]
    assert worth == sorted(worth)


def test_of_each_roll_what_is_filled_in_stands_beside_what_there_is(queue):
    rows = dicts(queue[SHARES])
    first = {row["问题编号"]: row for row in reversed(rows)}
    assert rows and first
    for row in first.values():
        said = str(row[SUMMED])
        assert said.startswith("=ROUND(SUMIF($A$2:") and said.endswith('" / 26.06"')
    assert all(row[SUMMED] is None for row in rows if row is not first[row["问题编号"]])


def test_the_first_sheet_says_how_to_fill_in_the_list(queue):
    assert queue.sheetnames[0] == GUIDE
    said = " ".join(str(cell.value) for cell in queue[GUIDE]["A"] if cell.value)
    assert QUESTIONS in said and SHARES in said and "eligibility review import" in said


def test_persons_of_one_community_and_reason_stand_together(queue):
    for sheet in queue.worksheets[3:]:
        runs = [(row["社区/村"], row["核查原因"]) for row in dicts(sheet)]
        changes = [pair for before, pair in zip([None, *runs], runs, strict=False) if pair != before]
        assert len(changes) == len(set(changes)), sheet.title


def test_the_reviewer_finds_blank_cells_and_rows_that_can_be_sorted_and_deleted(queue):
    for name, fill in ((QUESTIONS, QUESTION_FILL), (SHARES, SHARE_FILL)):
        sheet = queue[name]
        assert not sheet.protection.sheet
        titles = [cell.value for cell in sheet[1] if cell.value != SUMMED]
        assert titles[-len(fill) - 2 :] == [*fill, "键", "校验"]
        for row in sheet.iter_rows(min_row=2, max_row=12):
            for title, cell in zip(titles, row, strict=False):
                assert title not in fill or cell.value is None
        assert all(
            sheet.column_dimensions[sheet.cell(1, titles.index(word) + 1).column_letter].hidden for word in ("键",)
        )


def test_a_household_whose_persons_stand_in_two_groups_is_asked_for_once(tmp_path):
    con = a_district(200)
    con.execute(
        "UPDATE decision.persons SET \"group\" = '第' || (row_id % 2 + 1) || '组' WHERE outcome = 'manual_review'"
    )
    write_workbooks(con, a_policy(), tmp_path)
    keys = [row["键"] for row in dicts(openpyxl.load_workbook(tmp_path / "review_queue.xlsx")[SHARES])]
    assert len(keys) == len(set(keys)) > 10


def choices(sheet, row, title):
    """What the drop-down of a cell offers."""
    place = sheet.cell(row, [cell.value for cell in sheet[1]].index(title) + 1).coordinate
    rules = [rule for rule in sheet.data_validations.dataValidation if place in rule.sqref and rule.type == "list"]
    return rules[0].formula1.strip('"').split(",") if rules else None


def test_the_drop_down_offers_what_the_question_may_be_answered_with(queue):
    sheet = queue[QUESTIONS]
    found = {}
    for number, question in enumerate(dicts(sheet), start=2):
        found[question["核查原因"]] = (choices(sheet, number, "核查结论"), choices(sheet, number, "核实单位"))
    assert found["身份状况不详"] == (["是", "否", "仍不详"], ["人力资源和社会保障局"])
    assert found["缺少土地承包经营权证"][0] == ["有权证", "有二轮合同", "都没有", "仍不详"]
    assert found["征地批文不唯一"][0] is None, "the number of an approval is written, not chosen"
    assert found["补偿款均分，各户失地面积不明"][1] == ["社区居委会", "自然资源局"]


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
    for table in ("persons", "questions", "person_questions"):
        con.execute(f"DELETE FROM decision.{table}")
    write_workbooks(con, a_policy(), tmp_path)
    assert openpyxl.load_workbook(tmp_path / "decisions.xlsx").sheetnames == ["汇总"]
    assert dicts(openpyxl.load_workbook(tmp_path / "review_queue.xlsx")[QUESTIONS]) == []


def test_a_person_in_review_without_a_reason_is_not_lost(tmp_path):
    con = a_district(40)
    con.execute("UPDATE decision.persons SET outcome = 'manual_review', reasons = '' WHERE row_id = 7")
    write_workbooks(con, a_policy(), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "review_queue.xlsx")
    assert "甲7" in {row["姓名"] for row in persons_of(book)}


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
    assert [re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), one) for one in read[: len(names)]] == [
        visible(name) for name in names
    ]


def test_rows_of_wrapped_text_are_high_enough_for_it(decisions):
    for row in decisions[CASES].iter_rows(min_row=2):
        lines = max(str(cell.value or "").count("\n") + 1 for cell in row)
        height = decisions[CASES].row_dimensions[row[0].row].height
        assert lines == 1 or height >= 14 * lines
