"""A run that rests on reviewers: answers of which some contradict the papers, and judgements that make a match certain."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eligibility.application.run import RunRequest
from eligibility.audit import Log
from eligibility.cli.run import run_batch
from eligibility.model.event import Act, Kind
from eligibility.review import usable
from support.paper_folder import AS_OF, RULES, Papers, resident_id

NOW = datetime(2022, 11, 1, 9, 0, tzinfo=UTC)
JOINED = "云国土资复〔2014〕20号"
RIVAL = "云国土资复〔2014〕21号"


def number_of(person: int) -> str:
    """The approval by which that person's household lost its land."""
    return f"云国土资复〔2013〕{person}号"


def reviewed_papers() -> Papers:
    """Ten groups of one household of one person, each of whom lost four 亩 by an agreement and an approval of its own.

    The agreement of 人10 cites nothing and either of two approvals could cover it: only a judgement joins it to one.
    人8 is written with the name of the district before the community's; 人9 under a name that only an edited gazetteer
    knows as a former one, and it stands on no roll.
    """
    papers = Papers()
    for person in range(1, 11):
        group = "一二三四五六七八九十"[person - 1] + "组"
        agreed = {"cited_approval_no": "", "project": ""} if person == 10 else {"cited_approval_no": number_of(person)}
        papers.group(group, "4.00", households="1", persons="1")
        community = {8: "呈贡区乌龙社区", 9: "老鸦社区"}.get(person, "乌龙社区")
        papers.person(person, household_id=f"H{person}", group=group, community=community)
        papers.certificate(f"H{person}")
        if person != 9:
            papers.line(f"H{person}", "4.00", f"协{person}")
        papers.agreement(f"协{person}", "4.00", group=group, **({"project": f"项目{person}"} | agreed))
        if person == 10:
            papers.approval(JOINED, "4.00", project="", groups=group).approval(RIVAL, "4.00", project="", groups=group)
        else:
            papers.approval(number_of(person), "4.00", project=f"项目{person}", groups=group)
    return papers


def answer(number: int, asks: str, word: str, about: tuple[str, str], body: str, **more: Any) -> dict[str, Any]:
    """An answer as the record holds it."""
    place = {"file": "清单.xlsx", "sheet": "核查清单", "row": 10 + number, "sha256": "0" * 64}
    given = {
        "question": f"{asks}-{number}", "asks": asks, "subject_kind": about[0], "subject": about[1], "household": "", "answer": word,
        "area_umu": None, "since": "", "until": "", "body": body, "by": "张三", "on": "2022-10-01", "note": "", "place": place,
        "batch": 1, "event": 2,
    }  # fmt: skip
    return given | more


ANSWERS = [
    answer(1, "staff", "yes", ("person", resident_id(1)), "human_resources"),
    answer(2, "certificate", "certificate", ("household", "H2"), "agriculture", area_umu=5_000_000, since="2005-06-01"),
    answer(3, "link", number_of(4), ("agreement", "协3"), "natural_resources"),
    answer(5, "approval_day", "day", ("approval", number_of(5)), "natural_resources", since="2008-05-01"),
    answer(6, "competence", "county", ("approval", number_of(6)), "natural_resources"),
    answer(7, "staff", "no", ("person", resident_id(7)), "human_resources"),
]
"""All but the last contradict the papers; 人3, 人5 and 人6 are concerned through their agreement or approval alone."""
JUDGEMENTS = [
    ["协10", "", JOINED, "确认", "李判定", "2022-10-02", "见原件"],
    ["协1", "", number_of(2), "不认可", "李判定", "2022-10-02", ""],
    ["协7", "", number_of(8), "确认", "李判定", "2022-10-02", "该批文不在本组"],
]
HEADER = ["协议编号", "地类", "批文文号", "判定", "判定人", "日期", "说明"]


def judgement_file(folder: Path) -> Path:
    """The judgements as an officer saves them."""
    with (path := folder / "判定.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *JUDGEMENTS])
    return path


def answer_file(folder: Path) -> Path:
    """The answers as they are exported from the record in which they were entered."""
    with Log(folder / "asked.record" / "events.jsonl").writing(NOW.isoformat()) as writer:
        given = ({key: value for key, value in one.items() if key != "event"} for one in ANSWERS)
        events = writer.append(*(Act(Kind.ANSWERED, one) for one in given))
    path = folder / "answers.json"
    path.write_text(
        json.dumps({"record": "asked.record", "answers": usable(events)}, ensure_ascii=False), encoding="utf-8"
    )
    return path


def reviewed_run(folder: Path, papers: Papers | None = None, rules: Path = RULES) -> Path:
    """The folder of a run decided with these answers and judgements."""
    answers = answer_file(folder)
    judgements = judgement_file(folder)
    dossier = (papers or reviewed_papers()).write(folder / "in")
    order = RunRequest(dossier, rules, AS_OF, folder / "out", answers=answers, judgements=judgements)
    run_batch(order, now=NOW, lang="zh", json=True)
    return folder / "out"
