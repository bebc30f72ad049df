"""An answer keeps what its question promised: answered truthfully, by the truth of a made-up district, it settles its persons."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.work_list import FORMS
from eligibility.rulebook import load_policy
from eligibility.simulation import Rates, simulate
from support.paper_folder import AS_OF, RULES

POLICY = load_policy(RULES, as_of=AS_OF)
TROUBLES = ["citation_garbled=0.3", "incomplete_roll=0.3", "equal_share=0.2", "unknown_status=0.05"]
REVIEW = "manual_review"


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def decided(folder: Path, answers: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    execute(Work(con, POLICY, folder, answers))
    return con


def true_answers(folder: Path, con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What an officer who knows the truth would type for each question about a roll, an approval, an opinion or a status."""
    approvals, takings = defaultdict(set), defaultdict(lambda: defaultdict(float))
    for link in truth(folder, "links"):
        if link["land_class"] in {"farmland", "basic_farmland"} and link["in_dossier"] == "true":
            approvals[link["agreement_no"]].add(link["approval_no"])
    for taking in truth(folder, "takings"):
        takings[taking["agreement_no"]][taking["household_id"]] += float(taking["area_mu"])
    households = defaultdict(list)
    for question, household in con.execute("FROM decision.question_households").fetchall():
        households[question].append(household)
    answers = []
    for question, asks, kind, subject, bodies in con.execute(
        "SELECT question_id, asks, subject_kind, subject, bodies FROM decision.questions ORDER BY question_id"
    ).fetchall():
        same = {
            "question": question,
            "asks": asks,
            "subject_kind": kind,
            "subject": subject,
            "body": bodies.split(";")[0],
        }
        words = {"staff": "no", "officer": "no", "disagreement": "agree", "incomplete": "agree"}
        if asks == "roll":
            answers.append(typed(same, "shares"))
            answers += [typed(same, "shares", h, round(takings[subject][h] * 1e6)) for h in households[question]]
        elif asks == "link" and approvals[subject]:
            answers.append(typed(same, "、".join(sorted(approvals[subject]))))
        elif asks in words:
            answers.append(typed(same, words[asks]))
    return answers


def typed(same: dict[str, Any], word: str, household: str = "", area: int | None = None) -> dict[str, Any]:
    place = {"file": "review_queue.xlsx", "sheet": "核查清单", "sha256": "0" * 64, "row": 2}
    empty = {"since": "", "until": "", "by": "核查人", "on": "2022-10-30", "note": "", "place": place}
    return same | empty | {"answer": word, "household": household, "area_umu": area}


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection, set[str]]:
    folder = tmp_path_factory.mktemp("promised") / "district"
    simulate(folder, persons=2000, seed=6, rates=Rates.from_options(TROUBLES))
    before = decided(folder, [])
    answers = true_answers(folder, before)
    return folder, before, decided(folder, answers), {one["question"] for one in answers}


def promised(con: duckdb.DuckDBPyConnection, answered: set[str]) -> dict[str, str]:
    """Who is counted as settled by one of these questions → what it asks."""
    rows = con.execute(
        "SELECT resident_id, any_value(question_id), any_value(asks) FROM decision.person_questions"
        " JOIN decision.questions USING (question_id) JOIN decision.persons USING (row_id)"
        " GROUP BY row_id, resident_id HAVING count(*) = 1 AND any_value(persons_settled) > 0"
    ).fetchall()
    return {resident: asks for resident, question, asks in rows if question in answered}


def test_whoever_an_answer_was_to_settle_is_settled_unless_the_truth_itself_is_open(both: Any) -> None:
    folder, before, after, answered = both
    by_truth = {one["written_as"]: one["outcome"] for one in truth(folder, "persons")}
    now = dict(after.execute("SELECT resident_id, outcome FROM decision.persons").fetchall())
    counted = {resident: asks for resident, asks in promised(before, answered).items() if by_truth[resident] != REVIEW}
    assert {"roll", "link"} <= set(counted.values()) and len(counted) > 50
    waiting = [resident for resident in counted if now[resident] == REVIEW]
    assert len(waiting) <= len(counted) // 50
    assert [r for r in counted if now[r] not in {REVIEW, by_truth[r]}] == []


def test_a_question_that_no_answer_can_settle_promises_nobody(both: Any) -> None:
    _, before, _, _ = both
    rows = before.execute("SELECT asks, persons_settled FROM decision.questions").fetchall()
    assert {asks for asks, settled in rows if settled} <= set(FORMS)


def test_the_form_of_a_roll_has_every_household_of_the_place(both: Any) -> None:
    folder, before, _, _ = both
    rows = before.execute(
        "SELECT subject, list(household_id) FROM decision.questions JOIN decision.question_households USING (question_id)"
        " WHERE asks = 'roll' GROUP BY subject"
    ).fetchall()
    asked = {subject: set(households) for subject, households in rows}
    taken = [one for one in truth(folder, "takings") if one["agreement_no"] in asked]
    listed = {
        household for (household,) in before.execute("SELECT DISTINCT household_id FROM decision.persons").fetchall()
    }
    assert taken
    assert [one for one in taken if one["household_id"] in listed - asked[one["agreement_no"]]] == []
