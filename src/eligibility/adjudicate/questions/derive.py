"""Derives every open question of a batch, with the number of persons affected and of those settled by it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.adjudicate.decide import MARKS, REVIEW
from eligibility.adjudicate.questions.open_issues import OpenIssue, OpenIssues
from eligibility.adjudicate.questions.topics import SUBJECTS, Topic, topics_of
from eligibility.model.document_number import parse_citation
from eligibility.model.extra_columns import key_of
from eligibility.model.policy import Policy
from eligibility.model.work_list import asks_of, form_of

QUERIES = (
    "review_persons",
    "agreement_points",
    "uncertain_members",
    "household_points",
    "person_points",
    "open_issues",
    "places",
    "questions",
    "finding_waits",
)
"""Names of the `.sql` files, in order of execution."""

STUDENT_AGE = "student_age_limit"
"""Parameter: age above which a blank school cell needs no question."""


def derive_questions(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `decision.questions` and `decision.person_questions` (docs/questions.md) once the clauses are evaluated.

    Reads schemas `paper`, `link`, `fact` and `verdict` of the same connection.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    _register(con, policy)
    for name in QUERIES:
        con.execute(files("eligibility.adjudicate.questions").joinpath(f"{name}.sql").read_text(encoding="utf-8"))
        if name == "person_points":
            _declared_points(con, policy)


_KEYS = {
    "person": "p.resident_id",
    "group": "concat_ws(' ', p.community_key, p.group_key)",
    "household": "p.household_id",
}


def _declared_points(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Add to person_points what is not known of the facts that the rulebook adds."""
    for spec in policy.facts.values():
        if spec.source is None:
            continue
        asks, low, high = asks_of(spec), spec.columns[0], spec.columns[-1]
        key = _KEYS[SUBJECTS.get(spec.source.table, "person")]
        con.execute(
            f"INSERT INTO person_points SELECT row_id, '{asks}',"
            f" CASE WHEN list_contains(p.conflicts, '{key_of(spec)}') THEN 'conflict' ELSE '{asks}' END,"
            f" CASE WHEN list_contains(p.conflicts, '{key_of(spec)}') THEN p.resident_id ELSE {key} END"
            " FROM fact.persons AS f JOIN review_persons USING (row_id) JOIN paper.persons AS p USING (row_id)"
            f' WHERE f."{low}" IS DISTINCT FROM f."{high}" OR f."{low}" IS NULL'
        )


def _register(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Register the data of the policy as tables and variables for the queries."""
    limit = policy.value(STUDENT_AGE) if STUDENT_AGE in policy.parameters else None
    start = policy.value("start_date")
    con.execute("SET VARIABLE student_age_limit = ?::INTEGER", [limit])
    con.execute("SET VARIABLE as_of = ?::DATE", [policy.as_of])
    con.execute("SET VARIABLE start_date = ?::DATE", [start if isinstance(start, date) else date.max])
    issues = list(_issues_of_profiles(con, policy))
    type_rows = [(profile, issue.condition, kind) for profile, issue in issues for kind in issue.issue_types]
    ruling_rows = [(profile, issue.condition, issue.ruling) for profile, issue in issues if issue.ruling]
    open_rows = list(dict.fromkeys((profile, issue.condition) for profile, issue in issues))
    subjects = [(name, *_ruled(policy, name)) for name in sorted({ruling for _, _, ruling in ruling_rows})]
    _put(con, "profile_issue_type", ("profile_id", "condition", "issue_type"), list(dict.fromkeys(type_rows)))
    _put(con, "profile_ruling", ("profile_id", "condition", "key"), list(dict.fromkeys(ruling_rows)))
    _put(con, "profile_open", ("profile_id", "condition"), open_rows)
    _put(con, "policy_subject", ("key", "subject"), subjects)
    cited = con.execute(
        "SELECT DISTINCT cited_approval_no FROM paper.agreements WHERE cited_approval_no IS NOT NULL"
    ).fetchall()
    _put(con, "full_citation", ("text",), [row for row in cited if parse_citation(row[0])])
    words = (
        "topic",
        "asks",
        "kind",
        "subject_kind",
        "reason",
        "title",
        "title_en",
        "documents",
        "bodies",
        "cells",
        "form",
    )
    _put(con, "topic", words, [_topic_row(topic, policy) for topic in topics_of(policy).values()])


def _issues_of_profiles(con: duckdb.DuckDBPyConnection, policy: Policy) -> Iterator[tuple[str, OpenIssue]]:
    cursor = con.execute("SELECT * FROM verdict.profiles WHERE outcome = ? ORDER BY profile_id", [REVIEW])
    names = [column[0] for column in cursor.description or ()]
    open_issues = OpenIssues(policy)
    for row in cursor.fetchall():
        profile = dict(zip(names, row, strict=True))
        marks = {condition: MARKS[profile[condition]] for condition in policy.conditions}
        still_open, refuted = (frozenset(profile[part].split(";")) for part in ("clauses_open", "clauses_refuted"))
        for issue in open_issues.of(marks, still_open, refuted - {""}):
            yield profile["profile_id"], issue


def _ruled(policy: Policy, name: str) -> tuple[str]:
    """Return the subject of a policy ruling: the title of a parameter, or the text of a clause."""
    return (policy.parameters[name].title if name in policy.parameters else policy.clauses[name].text,)


def _topic_row(topic: Topic, policy: Policy) -> tuple[str, ...]:
    documents, bodies = topic.answered_by(policy)
    return (
        *(topic.id, topic.asks, topic.kind, topic.subject_kind, ";".join(topic.reasons)),
        *(topic.title, topic.title_en, ";".join(documents), ";".join(bodies)),
        ";".join(topic.cells),
        "recorded" if "recorded" in form_of(topic.asks).words.values() else "answered",
    )


def _put(con: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    arrow = pa.table({column: pa.array([row[i] for row in rows], pa.string()) for i, column in enumerate(columns)})
    con.register("arriving", arrow)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")
