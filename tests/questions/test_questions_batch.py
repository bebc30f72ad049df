"""Questions of a whole district: nobody in review is without one, and the figures are what they say."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from asking import asked, questions
from typer.testing import CliRunner

from eligibility.adjudicate.questions.topics import issues_of, topics
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Kind, Policy
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers, resident_id
from support.recorded import copied, vouched_for

ALL_RULES = sorted(path.parent.name for path in RULES.parent.glob("*/rulebook.yaml"))


def test_everyone_in_review_has_a_question_and_nobody_else(district: duckdb.DuckDBPyConnection) -> None:
    waiting = {
        r for (r,) in district.execute("SELECT row_id FROM decision.persons WHERE outcome = 'manual_review'").fetchall()
    }
    told = {r for (r,) in district.execute("SELECT row_id FROM decision.person_questions").fetchall()}
    assert len(waiting) > 500
    assert told == waiting


def test_touched_and_settled_are_counts_of_persons(district: duckdb.DuckDBPyConnection) -> None:
    pairs = district.execute("SELECT row_id, question_id FROM decision.person_questions").fetchall()
    asked_of = Counter(row for row, _ in pairs)
    touched = Counter(question for _, question in pairs)
    settled = Counter(question for row, question in pairs if asked_of[row] == 1)
    rows = district.execute("SELECT question_id, persons_touched, persons_settled FROM decision.questions").fetchall()
    assert {question: people for question, people, _ in rows} == touched
    promising = {question: people for question, _, people in rows if people}
    assert promising and promising == {question: settled[question] for question in promising}
    assert rows == sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


def test_hardly_anyone_falls_to_the_question_of_last_resort(district: duckdb.DuckDBPyConnection) -> None:
    (others,) = district.execute("SELECT count(*) FROM decision.questions WHERE asks = 'other'").fetchall()[0]
    assert others == 0


def test_the_order_of_the_rows_changes_no_question(tmp_path: Path) -> None:
    papers = (
        Papers().group().approval(area="12.00").agreement(area="8.00").agreement("协2", "3.00", cited_approval_no="")
    )
    for number in (1, 2, 3):
        papers.person(number, household_id=f"H{number}", public_staff="" if number == 2 else "否").certificate(
            f"H{number}"
        )
    first = questions(asked(papers, tmp_path / "a"))
    for rows in papers.tables.values():
        random.Random(1).shuffle(rows)
    again = questions(asked(papers, tmp_path / "b"))
    assert [one | {"row": None} for one in again] == [one | {"row": None} for one in first]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    papers = Papers().group().approval().agreement(area="8.00").person(1).person(2, officer="").certificate()
    said("run", papers.write(folder / "in"), "--rules", RULES, "--as-of", AS_OF.isoformat(), "--out", folder / "out")
    return folder / "out"


def said(*words: str | Path) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False, env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_prints_the_most_valuable_first(finished: Path) -> None:
    told = said("questions", "--run", finished)
    assert told.index("协1") < told.index("是否军官")
    assert "有一个答复即可办结" in told
    assert "军官任职或服役记录" in told
    assert "officer?" in said("--lang", "en", "questions", "--run", finished)


def test_json_says_the_same_and_masks_ids(finished: Path) -> None:
    told = json.loads(said("questions", "--run", finished, "--json"))
    assert [(one["asks"], one["persons_touched"], one["persons_settled"]) for one in told] == [
        ("roll", 2, 1),
        ("officer", 1, 0),
    ]
    assert resident_id(2) not in json.dumps(told)
    assert len(json.loads(said("questions", "--run", finished, "--top", "1", "--json"))) == 1


def test_a_run_that_kept_no_questions_says_what_to_do(finished: Path, tmp_path: Path) -> None:
    old = copied(finished, tmp_path / "old")
    for name in ("questions", "person_questions"):
        (old / "papers" / f"{name}.parquet").unlink()
    vouched_for(old)
    done = CliRunner().invoke(app, ["questions", "--run", str(old)])
    assert isinstance(done.exception, InputError)
    assert done.exception.findings[0].code == "run_outdated"


@pytest.fixture(scope="module", params=ALL_RULES)
def policy(request: pytest.FixtureRequest) -> Policy:
    return load_policy(RULES.parent / request.param, as_of=AS_OF)


def test_papers_and_bodies_of_every_topic_exist(policy: Policy) -> None:
    for topic in topics().values():
        documents, bodies = topic.answered_by(policy)
        if topic.reasons:
            assert set(topic.documents) <= set(documents)
            assert set(topic.bodies) <= set(bodies)
            assert documents and bodies, topic.id


def test_every_fact_on_which_a_clause_waits_has_its_strands(policy: Policy) -> None:
    asks = {
        fact
        for clause in policy.clauses.values()
        if clause.kind is not Kind.EXCEPTION
        for condition in policy.conditions.values()
        if condition.id in str(clause.when)
        for fact in condition.facts
    }
    untold = {fact for fact in asks if policy.facts[fact].in_dossier and not fact.startswith(("gap_", "title_"))}
    assert [fact for fact in untold if not issues_of(policy, fact).open and not policy.facts[fact].computed] == []
