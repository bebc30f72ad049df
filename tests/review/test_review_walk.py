"""The walk of docs/review.md: decide, answer ten questions, import, decide again, see the cases settle, sign, verify, replay, print."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from eligibility.model import work_list as form
from review.conftest import TODAY, WorkList, eligibility
from support.paper_folder import RULES, resident_id


def outcomes(office: Path, run: str = "out") -> dict[str, str]:
    with (office / run / "decisions.csv").open(encoding="utf-8-sig") as file:
        return {row["household_id"]: row["outcome"] for row in csv.DictReader(file)}


def events(office: Path) -> list[dict]:
    lines = (office / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answer_ten(work_list: WorkList) -> None:
    """Ten answers, each by a body that the rulebook lets give it."""
    for number, said in ((1, "否"), (2, "否"), (3, "是")):
        work_list.answer(resident_id(number), said, "人力资源社会保障部门")
    for number in (4, 5):
        work_list.answer(resident_id(number), "否", "退役军人事务部门")
    work_list.answer(resident_id(6), "昆明市呈贡区", "公安部门")
    work_list.answer(resident_id(7), "认定为成员", "社区（村民委员会）")
    work_list.answer("协8", "云国土资复〔2013〕8号", "自然资源部门")
    for household in ("「H9」", "「H10」"):
        said = {form.AREA: 4, form.SINCE: date(2005, 6, 1)}
        work_list.answer(household, "有权证", "农业农村部门", **said)


def test_the_walk_from_decision_to_signature(office: Path, work_list: WorkList) -> None:
    before = outcomes(office)
    assert [before[f"H{n}"] for n in range(1, 13)] == ["manual_review"] * 10 + ["eligible", "not_eligible"]

    answer_ten(work_list)
    assert "新记入 10 个" in eligibility("review", "import", work_list.save(), "--run", office / "out").output
    told = json.loads(eligibility("review", "status", "--run", office / "out", "--today", TODAY, "--json").output)
    assert [(one["name"], one["open"], one["answered"]) for one in told["communities"]] == [("乌龙社区", 0, 10)]

    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", office / "out", "--answers", office / "out"]
    assert eligibility("run", office / "in", *words).exit_code == 0
    after = outcomes(office)
    assert after == {f"H{n}": "not_eligible" if n in (3, 12) else "eligible" for n in range(1, 13)}

    explained = json.loads(eligibility("explain", resident_id(1), "--run", office / "out", "--json").output)
    row = work_list.row(resident_id(1))
    (paper,) = [one for one in explained["papers"] if one["table"] == "answers" and one["row"] == row]
    assert (paper["file"], paper["sheet"]) == ("填好.xlsx", "核查清单")
    assert "张三" in paper["says"]

    signed = ["--stage", "community", "--by", "社甲", "--role", "community_clerk", "--community", "乌龙社区"]
    assert "12 人" in eligibility("review", "sign", "--run", office / "out", *signed).output
    again = eligibility("review", "sign", "--run", office / "out", *signed)
    assert "signed_already" in again.said

    assert eligibility("audit", "verify", "--run", office / "out").exit_code == 0
    replayed = json.loads(eligibility("audit", "replay", "--run", office / "out", "--json").output)
    assert replayed["different"] == []
    assert [event["kind"] for event in events(office)] == [
        "decided", *["answered"] * 10, "decided", "superseded", "signed",
    ]  # fmt: skip

    told = eligibility("review", "history", resident_id(1), "--run", office / "out").output
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.splitlines() if "│" in line]
    assert [(row[2], row[3]) for row in rows] == [("判定", ""), ("答复", "张三"), ("判定", ""), ("签字", "社甲")], told
    assert "财政供养 否" in rows[1][4]
    assert "社区确认 同意" in rows[3][4]
    state = json.loads(eligibility("review", "status", "--run", office / "out", "--json").output)
    assert [batch["answers"] for batch in state["batches"]] == [10, 0]
    assert [batch["signed"] for batch in state["batches"]] == [0, 12]
    did = {one["name"]: (one["answers"], one["signed"]) for one in state["reviewers"]}
    assert did == {"张三": (10, 0), "社甲": (0, 12)}

    letters = eligibility(
        "papers", "letters", "--run", office / "out", "--out", office / "letters", "--format", "docx", "--draft"
    )
    assert letters.exit_code == 0, letters.output
    assert len(list((office / "letters").rglob("*.docx"))) == 12


def test_a_file_of_answers_gives_what_the_record_holds_and_nothing_else(
    office: Path, work_list: WorkList, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门")
    eligibility("review", "import", work_list.save(), "--run", office / "out")
    target = office / "answers.json"
    eligibility("review", "export", "--run", office / "out", "--to", target)
    assert target.stat().st_mode & 0o077 == 0
    genuine = target.read_text(encoding="utf-8")
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", office / "new", "--answers", target]
    for old, new in (
        ("张三", "李四"), ("human_resources", "education"), ('"no"', '"yes"'), (resident_id(1), resident_id(2)),
        ('"event": 2', '"event": 1'), ('"event": 2', '"event": "2"'), ("2026-03-01", "2026-13-99"), ("staff", "roll"),
    ):  # fmt: skip
        assert old in genuine
        target.write_text(genuine.replace(old, new), encoding="utf-8")
        assert "answer_not_recorded" in eligibility("run", office / "in", *words).said, new
    for broken in (
        "[]x",
        "[]",
        "{}",
        genuine.replace('"record"', '"else"'),
        genuine.replace('"answers": [', '"answers": [1, '),
    ):
        target.write_text(broken, encoding="utf-8")
        assert "bad_answers" in eligibility("run", office / "in", *words).said
    target.write_text(genuine.replace("out.record", "no.record"), encoding="utf-8")
    assert "record_missing" in eligibility("run", office / "in", *words).said
    target.write_text(genuine, encoding="utf-8")
    monkeypatch.setattr("eligibility.application.given._bodies", lambda asks, policy: {"education"})
    assert "body_not_allowed" in eligibility("run", office / "in", *words).said, (
        "a rulebook that lets another body answer"
    )
    assert not (office / "new").exists()
    monkeypatch.undo()
    assert eligibility("run", office / "in", *words).exit_code == 0
    assert outcomes(office, "new")["H1"] == "eligible"


@pytest.mark.parametrize(
    "command", [["review", "status"], ["review", "import", "x.xlsx"], ["audit", "verify"], ["audit", "seal"]]
)
def test_without_a_run_every_command_says_so(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"")
    done = eligibility(*command, "--run", tmp_path / "nowhere")
    assert "[" in done.said
    assert "→" in done.said
