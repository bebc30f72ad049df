"""Letters, roster and table as the bureau gets them: commands on a small run, files read back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from eligibility.application.saved_runs import open_run
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from eligibility.reporting.printed.letters import Sender, letters
from eligibility.reporting.printed.roster import entries, period, shown_name
from support.paper_folder import RULES, Papers, resident_id, whole_loss

OFFICE = ["--office", "某区经办机构", "--date", "2022-11-01"]
CHILD = "2005-05-01"
HOSTILE = "甲<&>{{ 姓名 }}"


def call(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1 eligible, 2 refused (land left), 3 a child, registered; 4 of disputed membership, in review."""
    folder = tmp_path_factory.mktemp("printed")
    papers = whole_loss().person(3, CHILD, name="王小明", member_from=CHILD)
    papers.person(4, name=HOSTILE, membership_dispute="外嫁女")
    papers.add(
        "confirmations",
        {"resident_id": resident_id(1), "stage": "社区", "opinion": "同意", "on": "2022-09-01", "note": ""},
    )
    done = call("run", papers.write(folder / "in"), "--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder / "out"


@pytest.fixture(scope="module")
def told(run: Path):
    con, policy = open_run(run)
    with con:
        con.execute("CREATE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        return policy, {one["姓名"]: one for one in letters(con, policy, Sender("某区经办机构", date(2022, 11, 1)))}


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_refusal_names_the_clause_its_source_and_how_to_object(told) -> None:
    policy, people = told
    letter = people["人2"]
    clause = policy.clauses["most_land_lost"]
    assert letter["结论"] == "不符合"
    assert [(one["说明"], one["名称"]) for one in letter["条款"]] == [(clause.text, clause.title)]
    assert clause.citation.instrument in letter["条款"][0]["依据"]
    assert letter["条款"][0]["原文"] == f"“{clause.citation.quote}”"
    assert policy.parameters["most_land_line"].title in [one["名称"] for one in letter["推定"]]
    assert len(letter["救济"]) == 3
    assert "60天内申请行政复议" in letter["救济"][1]
    assert "期限以该法现行规定为准" in letter["救济"][1], "what was not read in the law is not printed as law"
    assert not any("未见" in text for text in [*letter["救济"], letter["条款"][0]["依据"]]), (
        "what the bureau notes is not for the person"
    )
    assert not letter["材料"]


def test_the_facts_stand_with_days_areas_and_the_number_of_the_approval(told) -> None:
    _, people = told
    facts = people["人1"]["事实"]
    assert (
        facts[0]
        == "征地协议“协1”（2013年8月1日签订），征收本户耕地 4.0000 亩；批文云国土资复〔2013〕120号（2013年5月1日批准）"
    )
    assert facts[1:5] == [
        "成员起始日：2000年1月1日",
        "承包耕地面积：4.0000亩",
        "依法征收面积：4.0000亩",
        "剩余承包耕地：0.0000亩",
    ]
    assert "剩余承包耕地：14.0000亩" in people["人2"]["事实"]


def test_land_that_no_approval_took_is_refused_for_that_alone(tmp_path: Path) -> None:
    papers = (
        Papers()
        .group(area="1000.00")
        .person()
        .certificate()
        .agreement("租1", "4.00", kind="租用")
        .line("H1", "4.00", "租1")
    )
    done = call(
        "run", papers.write(tmp_path / "in"), "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out"
    )
    assert done.exit_code == 0, done.output
    con, policy = open_run(tmp_path / "out")
    with con:
        con.execute("CREATE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        (letter,) = letters(con, policy, Sender("某区经办机构", date(2022, 11, 1)))
    assert letter["结论"] == "不符合"
    assert [one["名称"] for one in letter["条款"]] == ["有征地批文"]
    book = openpyxl.load_workbook(tmp_path / "out" / "decisions.xlsx")
    assert [row[8] for row in book["乌龙街道"].iter_rows(min_row=2, values_only=True)] == ["没有批文征收过本户的耕地"]


def test_what_is_not_signed_through_is_printed_only_as_a_draft(run: Path, tmp_path: Path) -> None:
    named = ("papers", "letters", "--run", run, "--format", "docx", *OFFICE)
    done = call(*named, "--out", tmp_path / "one", "--person", resident_id(1))
    assert [one.code for one in refused(done)] == ["stages_open"]
    done = call("papers", "roster", "--run", run, "--out", tmp_path / "r")
    assert [one.code for one in refused(done)] == ["stages_open"]
    done = call(*named, "--out", tmp_path / "all")
    assert "告知书 1 份" in done.output and "另有 3 人的环节尚未完成" in done.output, (
        "who is in review is only told what is missing"
    )
    assert call(*named, "--out", tmp_path / "drafts", "--draft").exit_code == 0
    marked = {path.name: "草稿 未经审签" in text_of(path) for path in (tmp_path / "drafts").rglob("*.docx")}
    assert sorted(marked.values()) == [False, True, True, True]


def test_somebody_in_review_reads_what_is_missing_and_who_has_it(told) -> None:
    policy, people = told
    letter = people[HOSTILE]
    assert letter["结论"] == "待人工核查"
    assert "既不是符合，也不是不符合" in letter["说明"][0]
    assert letter["材料"]
    for line in letter["材料"]:
        assert set(line["单位"].split("、")) <= set(policy.bodies.values())
        assert line["单位"]
    assert not letter["条款"]


def test_a_child_is_told_of_registration_not_of_refusal(told) -> None:
    policy, people = told
    letter = people["王小明"]
    assert (letter["结论"], [one["名称"] for one in letter["条款"]]) == ("备案登记", [policy.clauses["adult"].title])


def test_the_word_letter_holds_names_as_they_are_written(run: Path, tmp_path: Path) -> None:
    done = call(
        "papers",
        "letters",
        "--run",
        run,
        "--out",
        tmp_path / "w",
        "--format",
        "docx",
        "--person",
        resident_id(4),
        *OFFICE,
    )
    assert done.exit_code == 0, done.output
    (path,) = (tmp_path / "w").rglob("*.docx")
    assert path.parent.relative_to(tmp_path / "w") == Path("乌龙街道/乌龙社区")
    text = text_of(path)
    assert f"姓名：{HOSTILE}" in text
    assert resident_id(4) in text
    assert "某区经办机构" in text
    assert "2022年11月1日" in text
    assert "{%" not in text


def test_pdf_letters_are_one_file_a_community_and_repeat_to_the_byte(run: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = call(
            "papers", "letters", "--run", run, "--out", tmp_path / name, "--community", "乌龙社区", "--draft", *OFFICE
        )
        assert done.exit_code == 0, done.output
    first, second = ((tmp_path / name / "乌龙街道" / "告知书_乌龙社区.pdf").read_bytes() for name in ("a", "b"))
    assert first == second
    assert first.startswith(b"%PDF")
    assert b"DroidSansFallback" in first, "Chinese is printed in our own font, whatever the machine has"


@pytest.mark.parametrize(
    ("paragraph", "code", "named"),
    [
        ("{{ 身份证 }}", "template_field", "身份证"),
        ("{{ 姓名 ", "template_syntax", ""),
        ("{%p for 一项 in 材料 %}", "template_syntax", "endfor"),
        ("{{ 姓名 + 1 }}", "template_broken", ""),
        ("{{ 1 / 0 }}", "template_broken", ""),
        ('{% include "x.docx" %}', "template_broken", ""),
    ],
)
def test_a_broken_template_says_which_field(run: Path, tmp_path: Path, paragraph: str, code: str, named: str) -> None:
    assert call("papers", "template", "--out", tmp_path / "t.docx").exit_code == 0
    document = Document(str(tmp_path / "t.docx"))
    document.add_paragraph(paragraph)
    document.save(str(tmp_path / "t.docx"))
    done = call(
        "papers",
        "letters",
        "--run",
        run,
        "--out",
        tmp_path / "o",
        "--format",
        "docx",
        "--template",
        tmp_path / "t.docx",
    )
    (finding,) = refused(done)
    assert finding.code == code
    assert named in finding.problem.zh
    assert "可用字段" in finding.remedy.zh
    assert not (tmp_path / "o").exists(), "nothing half-written"


def refused(done):
    assert isinstance(done.exception, InputError), done.output
    return done.exception.findings


def test_a_file_that_is_no_word_file_is_refused(run: Path, tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_text("文字", encoding="utf-8")
    done = call(
        "papers",
        "letters",
        "--run",
        run,
        "--out",
        tmp_path / "o",
        "--format",
        "docx",
        "--template",
        tmp_path / "t.docx",
    )
    assert [one.code for one in refused(done)] == ["template_unreadable"]


def test_a_template_of_mine_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_text("我的", encoding="utf-8")
    done = call("papers", "template", "--out", tmp_path / "t.docx")
    assert [one.code for one in refused(done)] == ["out_not_writable"]
    assert (tmp_path / "t.docx").read_text(encoding="utf-8") == "我的"


def test_papers_never_replace_a_run(run: Path) -> None:
    done = call("papers", "roster", "--run", run, "--out", run, "--draft")
    assert [one.code for one in refused(done)] == ["out_in_use"]
    assert (run / "decisions.csv").exists()


def test_the_roster_shows_who_is_covered_and_nothing_else(run: Path, tmp_path: Path) -> None:
    done = call("papers", "roster", "--run", run, "--out", tmp_path / "r", "--draft", *OFFICE)
    assert done.exit_code == 0, done.output
    assert "2022-11-01 至 2022-11-07" in done.output
    assert {path.name for path in (tmp_path / "r").rglob("*.*")} == {"公示名册.xlsx", "公示名册_乌龙社区.pdf"}
    book = openpyxl.load_workbook(tmp_path / "r" / "公示名册.xlsx")
    header, *rows = book["乌龙街道"].iter_rows(values_only=True)
    assert header == ("序号", "社区/村", "村民小组", "姓名", "公民身份号码（部分隐去）", "审核结论")
    shown = {row[3]: row[4:] for row in rows}
    adult, child = resident_id(1), resident_id(3, CHILD)
    assert shown == {
        "人1": (f"{adult[:4]}**********{adult[-4:]}", "符合"),
        "王某某": (f"{child[:4]}**********{child[-4:]}", "备案登记"),
    }
    assert not re.search(r"\d{15}", str(list(book["乌龙街道"].values)))


@pytest.mark.parametrize(
    ("born", "shown"),
    [(date(2004, 10, 31), "王小明"), (date(2004, 11, 1), "王某某"), (date(2004, 2, 29), "王小明"), (None, "王某某")],
)
def test_a_given_name_is_shown_from_the_eighteenth_birthday(told, born: date | None, shown: str) -> None:
    assert shown_name("王小明", born, told[0]) == shown


def test_members_of_a_household_do_not_stand_together(told, run: Path) -> None:
    con, policy = open_run(run)
    with con:
        con.execute("CREATE OR REPLACE TEMP TABLE chosen AS SELECT row_id FROM decision.persons")
        listed = entries(con, policy)
    assert [one.name for one in listed] == sorted(one.name for one in listed)


def test_without_a_number_of_days_the_period_is_left_blank(told) -> None:
    policy = told[0]
    assert period(policy, date(2022, 12, 28)) == (date(2022, 12, 28), date(2023, 1, 3))
    policy.parameters.pop("publication_days")
    assert period(policy, date(2022, 12, 28)) is None


def test_the_table_counts_persons_through_each_stage(run: Path, tmp_path: Path) -> None:
    done = call("papers", "summary", "--run", run, "--out", tmp_path / "s", *OFFICE)
    assert done.exit_code == 0, done.output
    header, street, whole = openpyxl.load_workbook(tmp_path / "s" / "汇总表.xlsx")["汇总表"].iter_rows(values_only=True)
    assert street[0] == "乌龙街道"
    line = dict(zip(header, street, strict=True))
    assert (line["名册人数"], line["社区确认（资料收集）"], line["街道审核（资料审核）"], line["联审（联审通过）"]) == (
        4,
        1,
        0,
        0,
    )
    assert (line["符合"], line["不符合"], line["备案登记"], line["待人工核查"]) == (1, 1, 1, 1)
    assert whole[1:] == street[1:]
    assert (tmp_path / "s" / "汇总表.pdf").read_bytes().startswith(b"%PDF")
