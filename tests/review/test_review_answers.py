"""Answers as papers of the next batch: they fill what is open, contradict nothing in silence, and admit by no other way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eligibility.adjudicate.explain import explain
from eligibility.adjudicate.explain.text import explanation_text
from eligibility.rulebook import load_policy
from support.paper_folder import APPROVAL, AS_OF, RULES, Papers, resident_id, whole_loss

ME = resident_id(1)


def answer(asks: str, word: str, subject_kind: str = "person", subject: str = ME, **more: Any) -> dict[str, Any]:
    """A recorded answer as the next batch gets it."""
    place = {"file": "清单.xlsx", "sheet": "核查清单", "row": 17, "sha256": "0" * 64}
    said = {
        "question": f"{asks}-1", "asks": asks, "subject_kind": subject_kind, "subject": subject, "household": "",
        "answer": word, "area_umu": None, "since": "", "until": "", "body": "community", "by": "张三", "on": "2026-03-01",
        "note": "", "place": place, "batch": 1, "event": 2,
    }  # fmt: skip
    return said | more


DAY = "2013-05-01"
CERTIFICATE = {"area_umu": 4_000_000, "since": "2005-06-01", "body": "agriculture"}


def village(*changed: dict[str, Any]) -> Papers:
    """One person to a household, each of whom lost all of four 亩 by an agreement and an approval of their own."""
    papers = Papers().group(area="1000.00")
    for number, cells in enumerate(changed, start=1):
        approval, agreement, household = f"云国土资复〔2013〕{number}号", f"协{number}", f"H{number}"
        born = cells.get("born", "1970-01-01")
        papers.person(
            number, **{"born": born, "household_id": household, **{k: v for k, v in cells.items() if k != "born"}}
        )
        papers.approval(approval, "4.00").agreement(agreement, "4.00", cited_approval_no=approval).line(
            household, "4.00", agreement
        )
        if cells.get("title", True):
            papers.certificate(household)
    for row in papers.tables["persons"]:
        row.pop("title", None)
    return papers


def of(number: int, asks: str, word: str, **more: Any) -> dict[str, Any]:
    """An answer about person `number` of the village, their household, agreement or approval."""
    subjects = {
        "certificate": ("household", f"H{number}"), "roll": ("agreement", f"协{number}"), "link": ("agreement", f"协{number}"),
        "approval_day": ("approval", f"云国土资复〔2013〕{number}号"), "competence": ("approval", f"云国土资复〔2013〕{number}号"),
    }  # fmt: skip
    kind, subject = subjects.get(asks, ("person", resident_id(number, more.pop("born", "1970-01-01"))))
    return answer(asks, word, kind, subject, question=f"{asks}-{number}", **more)


def outcomes(
    papers: Papers, folder: Path, answers: list[dict[str, Any]]
) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Outcome and reasons by household, and what became of each answer by its question."""
    con = papers.decide(folder, answers=answers).con
    told = con.execute("SELECT household_id, outcome, reasons FROM decision.persons").fetchall()
    effects = con.execute("SELECT said, effect FROM paper.answers ORDER BY row_id").fetchall()
    return {h: o for h, o, _ in told}, {h: r for h, _, r in told}, [effect for _, effect in effects]


SETTLED = [
    ({"public_staff": "?"}, "staff", "no", {}, "eligible"),
    ({"public_staff": "?"}, "staff", "yes", {}, "not_eligible"),
    ({"officer": "?"}, "officer", "no", {}, "eligible"),
    ({"student": "?", "born": "1996-01-01"}, "school", "yes", {"born": "1996-01-01"}, "register"),
    ({"imprisoned": "?"}, "imprisoned", "no", {}, "eligible"),
    ({"hukou_place": "本地"}, "hukou", "昆明市呈贡区", {}, "eligible"),
    ({"hukou_place": "本地"}, "hukou", "昆明市官渡区", {}, "not_eligible"),
    ({"deceased_on": "?"}, "death", "alive", {}, "eligible"),
    ({"deceased_on": "?"}, "death", "dead", {"since": "2020-05-01"}, "not_eligible"),
    ({"member_from": "?"}, "membership", "member", {"since": "2001-01-01"}, "eligible"),
    ({"member_from": "?"}, "membership", "member", {"since": "2020-01-01"}, "not_eligible"),
    ({"membership_dispute": "外嫁女"}, "dispute", "member", {}, "eligible"),
    ({"membership_dispute": "空挂户"}, "dispute", "none", {}, "not_eligible"),
    ({"title": False}, "certificate", "certificate", CERTIFICATE, "eligible"),
]


def test_answers_settle_what_was_open_whichever_way_they_go(tmp_path: Path) -> None:
    papers = village(*(case[0] for case in SETTLED))
    before, _, _ = outcomes(papers, tmp_path / "before", [])
    assert set(before.values()) == {"manual_review"}
    answers = [of(n, asks, word, **more) for n, (_, asks, word, more, _) in enumerate(SETTLED, start=1)]
    after, _, effects = outcomes(papers, tmp_path / "after", answers)
    assert set(effects) == {"set"}
    assert after == {f"H{n}": case[-1] for n, case in enumerate(SETTLED, start=1)}


CONTRADICTED = [
    ({"public_staff": "否"}, "staff", "yes", {}),
    ({"public_staff": "是"}, "staff", "no", {}),
    ({}, "hukou", "昆明市官渡区", {}),
    ({}, "death", "dead", {"since": "2020-05-01"}),
    ({}, "membership", "member", {"since": "2020-01-01"}),
    ({}, "certificate", "certificate", CERTIFICATE | {"area_umu": 5_000_000}),
    ({}, "roll", "shares", {"household": "H7", "area_umu": 1_000_000}),
    ({}, "link", "云国土资复〔2012〕7号", {}),
    ({}, "approval_day", "day", {"since": "2008-05-01"}),
    ({}, "competence", "county", {}),
]


def test_answers_against_the_papers_go_to_a_person(tmp_path: Path) -> None:
    answers = [of(n, asks, word, **more) for n, (_, asks, word, more) in enumerate(CONTRADICTED, start=1)]
    told, reasons, effects = outcomes(village(*(case[0] for case in CONTRADICTED)), tmp_path, answers)
    assert set(effects) == {"conflict"}
    assert set(told.values()) == {"manual_review"}, "nobody is admitted or refused on an answer that papers contradict"
    assert all("conflicting_evidence" in said.split(";") for said in reasons.values()), reasons


AGREEING = [
    ("staff", "no", {}), ("death", "alive", {}), ("link", "云国土资复[2013]3", {}), ("certificate", "certificate", CERTIFICATE),
    ("roll", "shares", {"household": "H5", "area_umu": 4_000_000}), ("approval_day", "day", {"since": DAY}), ("competence", "province", {}),
]  # fmt: skip


def test_answers_that_say_the_same_change_nothing(tmp_path: Path) -> None:
    answers = [of(n, asks, word, **more) for n, (asks, word, more) in enumerate(AGREEING, start=1)]
    told, _, effects = outcomes(village(*({} for _ in AGREEING)), tmp_path, answers)
    assert set(effects) == {"agrees"}
    assert set(told.values()) == {"eligible"}


def shared() -> Papers:
    """The money of the agreement was shared equally: whose land went is not known."""
    papers = whole_loss()
    for line in papers.tables["payouts"]:
        line |= {"basis": "均分", "area_mu": ""}
    return papers


def test_areas_by_household_take_the_place_of_lines_that_tell_money_only(tmp_path: Path) -> None:
    assert shared().decide(tmp_path / "before").person()["outcome"] == "manual_review"
    lines = [
        answer("roll", "shares", "agreement", "协1", household=household, area_umu=area * 1_000_000)
        for household, area in (("H1", 4), ("H2", 16))
    ]
    decided = shared().decide(tmp_path / "after", answers=lines)
    assert decided.person()["outcome"] == "eligible"
    assert decided.person(2)["outcome"] == "not_eligible", "14 of 30 亩 are left to the other household"


def test_a_citation_that_was_blank_is_given_by_the_answer(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["agreements"][0] |= {"cited_approval_no": "", "project": "另一项目"}
    assert papers.decide(tmp_path / "before").coverage()[0] == 0
    decided = papers.decide(tmp_path / "after", answers=[answer("link", APPROVAL, "agreement", "协1")])
    assert decided.coverage() == (20.0, 20.0, "covered")
    assert decided.person()["outcome"] == "eligible"


def test_an_approval_that_is_not_in_the_dossier_makes_nothing_certain(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["agreements"][0] |= {"cited_approval_no": "", "project": "另一项目"}
    decided = papers.decide(tmp_path, answers=[answer("link", "云国土资复〔2013〕999号", "agreement", "协1")])
    assert decided.person()["outcome"] == "manual_review"


def test_only_the_body_that_asked_for_more_can_say_that_it_now_agrees(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.add("confirmations", {"resident_id": ME, "stage": "街道", "opinion": "待补", "on": "2022-03-01", "note": ""})
    other = papers.decide(tmp_path / "a", answers=[answer("incomplete", "agree", body="community")])
    assert other.person()["outcome"] == "manual_review"
    street = papers.decide(tmp_path / "b", answers=[answer("incomplete", "agree", body="street")])
    assert street.person()["outcome"] == "eligible"
    policy = load_policy(RULES, as_of=AS_OF)
    (explained,) = explain(street.con, policy, ME)
    papers_read = [(one.table, one.says) for one in explained.papers if one.table in ("confirmations", "answers")]
    assert papers_read[0] == ("confirmations", "street incomplete"), "the paper is shown as it was written"
    assert [table for table, _ in papers_read] == ["confirmations", "answers"]
    lines = "\n".join(explanation_text(explained, policy, full=True))
    assert "（采用）" in lines and "[set]" not in lines


def test_what_only_mended_papers_can_settle_is_recorded_and_settles_nothing(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][0]["resident_id"] = "530199197001010000"
    said = answer("identity", "recorded", subject="530199197001010000")
    told, _, effects = outcomes(papers, tmp_path, [said])
    assert (told["H1"], effects) == ("manual_review", ["recorded"])
