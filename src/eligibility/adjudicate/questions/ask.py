"""Every open question of a batch, with the persons it touches and the persons it would settle alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.adjudicate.decide import MARKS, REVIEW
from eligibility.adjudicate.questions.profiles import Waiting, Waits
from eligibility.adjudicate.questions.topics import Topic, topics
from eligibility.domain.policy import Policy

QUERIES = (
    "asked",
    "agreement_hangs",
    "uncertain",
    "household_hangs",
    "person_hangs",
    "waits",
    "questions",
    "finding_waits",
)
"""One `.sql` file each, in this order."""

STUDENT_AGE = "student_age_limit"
"""Parameter above whose age a blank school cell asks nothing."""


def ask(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """Write `decision.questions` and `decision.person_questions` (docs/questions.md) once the batch is decided.

    Reads schemas `paper`, `link`, `fact`, `verdict` and `decision` of the same connection.
    """
    _register(con, policy)
    for name in QUERIES:
        con.execute(files("eligibility.adjudicate.questions").joinpath(f"{name}.sql").read_text(encoding="utf-8"))


def _register(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """What the policy says, as the tables and variables that the queries read."""
    limit = policy.value(STUDENT_AGE) if STUDENT_AGE in policy.parameters else None
    start = policy.value("start_date")
    con.execute("SET VARIABLE student_age_limit = ?::INTEGER", [limit])
    con.execute("SET VARIABLE as_of = ?::DATE", [policy.as_of])
    con.execute("SET VARIABLE start_date = ?::DATE", [start if isinstance(start, date) else date.max])
    waits = list(_of_profiles(con, policy))
    strand_rows = [(profile, one.condition, strand) for profile, one in waits for strand in one.strands]
    ruling_rows = [(profile, one.condition, one.ruling) for profile, one in waits if one.ruling]
    open_rows = list(dict.fromkeys((profile, one.condition) for profile, one in waits))
    subjects = [(name, *_ruled(policy, name)) for name in sorted({ruling for _, _, ruling in ruling_rows})]
    _put(con, "profile_strand", ("profile_id", "condition", "strand"), list(dict.fromkeys(strand_rows)))
    _put(con, "profile_ruling", ("profile_id", "condition", "key"), list(dict.fromkeys(ruling_rows)))
    _put(con, "profile_open", ("profile_id", "condition"), open_rows)
    _put(con, "policy_subject", ("key", "subject"), subjects)
    words = ("topic", "asks", "kind", "subject_kind", "reason", "title", "title_en", "documents", "bodies")
    _put(con, "topic", words, [_topic_row(topic, policy) for topic in topics().values()])


def _of_profiles(con: duckdb.DuckDBPyConnection, policy: Policy) -> Iterator[tuple[str, Waiting]]:
    found = con.execute("SELECT * FROM verdict.profiles WHERE outcome = ? ORDER BY profile_id", [REVIEW])
    names = [column[0] for column in found.description or ()]
    waits = Waits(policy)
    for row in found.fetchall():
        said = dict(zip(names, row, strict=True))
        marks = {condition: MARKS[said[condition]] for condition in policy.conditions}
        still_open, refuted = (frozenset(said[part].split(";")) for part in ("clauses_open", "clauses_refuted"))
        for one in waits.of(marks, still_open, refuted - {""}):
            yield said["profile_id"], one


def _ruled(policy: Policy, name: str) -> tuple[str]:
    """What a ruling would be on: the title of a parameter, or the text of a clause."""
    return (policy.parameters[name].title if name in policy.parameters else policy.clauses[name].text,)


def _topic_row(topic: Topic, policy: Policy) -> tuple[str, ...]:
    documents, bodies = topic.answered_by(policy)
    return (
        *(topic.id, topic.asks, topic.kind, topic.subject_kind, ";".join(topic.reasons)),
        *(topic.title, topic.title_en, ";".join(documents), ";".join(bodies)),
    )


def _put(con: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    arrow = pa.table({column: pa.array([row[i] for row in rows], pa.string()) for i, column in enumerate(columns)})
    con.register("arriving", arrow)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM arriving")
    con.unregister("arriving")
