"""The filled work list: every cell is checked, nothing is overwritten, and who may answer is said by the rulebook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from eligibility.model import work_list as form
from review.conftest import WorkList, eligibility
from support.paper_folder import RULES, Papers, resident_id


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


def test_an_answer_that_the_papers_cannot_use_is_told_of_at_the_import_by_its_cell(
    office: Path, work_list: WorkList
) -> None:
    work_list.answer("「协8」", "另有批文，没有带来", "自然资源部门")
    work_list.answer(resident_id(6), "不知道哪里", "公安部门")
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    done = imported(office, work_list).output
    assert "新记入 3 个" in done
    for words in ("「协8」", resident_id(6)):
        assert f"填好.xlsx 工作表「核查清单」 第{work_list.row(words)}行" in done
    assert f"第{work_list.row(resident_id(1))}行" not in done
    assert done.count("问题仍开着") == 2
    again = decide_again(office)
    assert "采用 1，与材料一致 0，与材料矛盾 0，不足以采用 2，只作记录 0" in again
    assert done.count("问题仍开着") == again.count("问题仍开着")


def test_an_answer_against_the_papers_is_told_of_at_the_import_with_whom_it_would_send_to_review(
    tmp_path: Path,
) -> None:
    """The share of a household that is decided, as a reviewer remembers it, where the roll says another."""
    papers = Papers().group(area="1000.00").approval(cited := "云国土资复〔2013〕1号", "8.00", project="项目")
    papers.agreement("协1", "8.00", cited_approval_no=cited, project="项目")
    for number in (1, 2, 3):
        papers.person(number, household_id=f"H{number}").certificate(f"H{number}")
    papers.line("H1", "", "协1").line("H2", "4.00", "协1").line("H3", "", "协1")
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out"]
    assert eligibility("run", papers.write(tmp_path / "in"), *words).exit_code == 0
    work_list = WorkList(tmp_path)
    shares = work_list.book[form.SHARES]
    columns = {cell.value: cell.column for cell in shares[1]}
    (row,) = [row for row in range(2, shares.max_row + 1) if shares.cell(row, columns["户号"]).value == "H2"]
    for title, value in {form.AREA: 1.0, form.BODY: "街道办事处", form.BY: "张三", form.ON: "2026-03-01"}.items():
        shares.cell(row, columns[title]).value = value
    done = eligibility("review", "import", work_list.save(), "--run", tmp_path / "out")
    assert "新记入 1 个" in done.output, done.said
    assert f"填好.xlsx 工作表「{form.SHARES}」 第{row}行" in done.output
    assert "材料另有说法" in done.output
    assert "已有结论的 1 人会转人工核查" in done.output


def decide_again(office: Path) -> str:
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", office / "again", "--answers", office / "out"]
    done = eligibility("run", office / "in", *words)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_divided_among_reviewers_is_imported_as_one(office: Path) -> None:
    done = eligibility("review", "split", "--run", office / "out", "--out", office / "parts", "--by", "body")
    assert done.exit_code == 0, done.output
    parts = {path.stem.partition("_")[2]: path for path in (office / "parts").glob("*.xlsx")}
    police, pensions = parts["公安部门"], parts["人力资源社会保障部门"]
    assert only_question(police).startswith("问") and str(police.name) in done.output
    fill(police, resident_id(6), "呈贡区", "公安部门")
    fill(pensions, resident_id(1), "否", "人力资源社会保障部门")
    assert "新记入 2 个" in eligibility("review", "import", office / "parts", "--run", office / "out").output
    assert sorted(one["subject"] for one in answers(office)) == sorted([resident_id(1), resident_id(6)])


def test_all_mistakes_of_all_parts_are_told_at_once_with_their_files(office: Path) -> None:
    eligibility("review", "split", "--run", office / "out", "--out", office / "parts", "--by", "body")
    police, pensions = (next((office / "parts").glob(f"*{name}*")) for name in ("公安", "人力资源"))
    fill(police, resident_id(6), "呈贡区", "教育部门")
    fill(pensions, resident_id(1), "大概", "人力资源社会保障部门")
    done = eligibility("review", "import", police, pensions, "--run", office / "out")
    assert f"[body_not_allowed] {police.name} 核查清单!" in done.said
    assert f"[bad_answer] {pensions.name} 核查清单!" in done.said
    assert answers(office) == []


@pytest.mark.parametrize("how", [["street"], ["person", "--among", "王社", "--among", "李社"]], ids=lambda how: how[0])
def test_divided_by_street_or_person_every_question_is_in_one_part(office: Path, how: list[str]) -> None:
    done = eligibility("review", "split", "--run", office / "out", "--out", office / "parts", "--by", *how, "--json")
    assert done.exit_code == 0, done.output
    asked = [row for part in json.loads(done.output) for row in questions_of(office / "parts" / part["file"])]
    assert sorted(asked) == sorted(questions_of(office / "out" / "review_queue.xlsx"))


def test_to_divide_among_nobody_is_an_error(office: Path) -> None:
    done = eligibility("review", "split", "--run", office / "out", "--out", office / "parts", "--by", "person")
    assert "[reviewers_missing]" in done.said
    assert not (office / "parts").exists()


def questions_of(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path)[form.QUESTIONS]
    return [str(sheet.cell(row, 1).value) for row in range(2, sheet.max_row + 1)]


def only_question(path: Path) -> str:
    (number,) = questions_of(path)
    return number


def fill(path: Path, words: str, answer: str, body: str) -> None:
    work_list = WorkList.__new__(WorkList)
    work_list.path, work_list.book = path, openpyxl.load_workbook(path)
    work_list.sheet = work_list.book[form.QUESTIONS]
    work_list.columns = {cell.value: cell.column for cell in work_list.sheet[1]}
    work_list.answer(words, answer, body)
    work_list.save()
