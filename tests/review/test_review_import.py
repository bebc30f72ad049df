"""The filled work list: every cell is checked, nothing is overwritten, and who may answer is said by the rulebook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from eligibility.model import work_list as form
from review.conftest import WorkList, eligibility
from support.paper_folder import resident_id


def imported(office: Path, work_list: WorkList):
    return eligibility("review", "import", work_list.save(), "--run", office / "out")


def answers(office: Path) -> list[dict]:
    lines = (office / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [event["body"] for event in map(json.loads, lines) if event["kind"] == "answered"]


def test_each_answer_is_an_event_and_a_second_import_changes_nothing(office: Path, work_list: WorkList) -> None:
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门", **{form.NOTE: "查编制库"})
    work_list.answer("「H9」", "有权证", "农业农村部门", **{form.AREA: 4.0, form.SINCE: date(2005, 6, 1)})
    assert "新记入 2 个" in imported(office, work_list).output
    staff, certificate = sorted(answers(office), key=lambda one: one["asks"], reverse=True)
    assert (staff["answer"], staff["by"], staff["body"], staff["note"]) == ("no", "张三", "human_resources", "查编制库")
    assert staff["subject"] == resident_id(1)
    assert staff["place"] | {"sha256": ""} == {
        "file": "填好.xlsx", "sheet": "核查清单", "row": work_list.row(resident_id(1)), "sha256": "",
    }  # fmt: skip
    assert (certificate["area_umu"], certificate["since"]) == (4_000_000, "2005-06-01")
    log = (office / "out.record" / "events.jsonl").read_bytes()
    assert "新记入 0 个，此前已记 2 个" in imported(office, work_list).output
    assert (office / "out.record" / "events.jsonl").read_bytes() == log


def test_an_edited_locked_cell_is_named_and_nothing_is_recorded(office: Path, work_list: WorkList) -> None:
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    row = work_list.row(resident_id(2))
    work_list.cell(row, "社区/村").value = "别的社区"
    done = imported(office, work_list)
    assert f"核查清单!B{row}" in done.said
    assert "不用填的「社区/村」被改动" in done.said
    assert answers(office) == []


def wrong(work_list: WorkList, what: str) -> str:  # noqa: PLR0911
    """Spoil the list in one way; the code and the cell that must be named."""
    row = work_list.row(resident_id(1))
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    letters = {title: work_list.cell(row, title).column_letter for title in work_list.columns}
    match what:
        case "another body":
            work_list.cell(row, form.BODY).value = "教育部门"
            return f"[body_not_allowed] 核查清单!{letters[form.BODY]}{row}"
        case "no reviewer":
            work_list.cell(row, form.BY).value = None
            return f"[bad_cell] 核查清单!{letters[form.BY]}{row}"
        case "a day to come":
            work_list.cell(row, form.ON).value = date(2199, 1, 1)
            return f"[bad_cell] 核查清单!{letters[form.ON]}{row}"
        case "another word":
            work_list.cell(row, form.ANSWER).value = "大概不是"
            return f"[bad_answer] 核查清单!{letters[form.ANSWER]}{row}"
        case "no area":
            work_list.answer("「H9」", "有权证", "农业农村部门", **{form.SINCE: "2005-06-01"})
            return f"[bad_cell] 核查清单!{letters[form.AREA]}{work_list.row('「H9」')}"
        case "a key of another row":
            work_list.cell(row, "键").value = work_list.cell(work_list.row(resident_id(2)), "键").value
            return f"[row_key_changed] 核查清单!{letters['键']}{row}"
        case "an added row":
            work_list.sheet.append(["问99", "乌龙社区"])
            return f"[row_added] 核查清单!A{work_list.sheet.max_row}"
        case "a deleted column":
            work_list.sheet.delete_cols(work_list.columns["需补材料"])
            return "[columns_missing] 核查清单"
        case "no sheet":
            work_list.sheet.title = "表1"
            return "[no_work_list] 核查清单"
    raise AssertionError(what)


@pytest.mark.parametrize(
    "what",
    ["another body", "no reviewer", "a day to come", "another word", "no area", "a key of another row", "an added row",
     "a deleted column", "no sheet"],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_remedy_and_nothing_is_recorded(
    office: Path, work_list: WorkList, what: str
) -> None:
    expected = wrong(work_list, what)
    done = imported(office, work_list)
    assert expected in done.said, done.said
    assert "→" in done.said
    assert answers(office) == []


def test_rows_may_be_deleted_and_stand_in_another_order(office: Path, work_list: WorkList) -> None:
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    row = work_list.row(resident_id(2))
    work_list.sheet.delete_rows(row)
    assert "新记入 1 个" in imported(office, work_list).output


def test_two_reviewers_who_disagree_are_shown_and_settle_nothing(office: Path, work_list: WorkList) -> None:
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    imported(office, work_list)
    work_list.answer(resident_id(1), "是", "人力资源社会保障部门", by="李四")
    assert "答复不一致，暂不采用" in imported(office, work_list).output
    assert [one["by"] for one in answers(office)] == ["张三", "李四"], "nothing is overwritten"
    exported = eligibility("review", "export", "--run", office / "out", "--to", office / "answers.json")
    assert "已导出 0 个答复" in exported.output
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门", by="李四")
    imported(office, work_list)
    assert "已导出 1 个" in eligibility("review", "export", "--run", office / "out", "--to", office / "a.json").output


def test_an_answer_still_finds_its_question_after_the_district_was_decided_anew(
    office: Path, work_list: WorkList
) -> None:
    from support.paper_folder import RULES

    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    (office / "in" / "persons.csv").write_text(
        (office / "in" / "persons.csv").read_text(encoding="utf-8-sig").replace("?", "否", 1), encoding="utf-8"
    )
    again = eligibility("run", office / "in", "--rules", RULES, "--as-of", "2022-10-31", "--out", office / "out")
    assert again.exit_code == 0
    assert "新记入 1 个" in imported(office, work_list).output
