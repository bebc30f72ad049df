"""The work list of a finished run divided among streets, bodies or reviewers: which question goes to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from eligibility.application.saved_runs import open_run
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.reporting import Part, summary, write_review_part
from eligibility.review import plain_name
from eligibility.store.folders import safe_name


@dataclass(frozen=True, slots=True)
class Portion:
    """What went to one street, body or reviewer: the file, its questions, and the persons who wait for one of them."""

    title: str
    file: str
    questions: int
    persons: int


def divide(run: Path, folder: Path, by: str, reviewers: Sequence[str]) -> list[Portion]:
    """Write a work list for each street, body or reviewer into `folder`; what went to whom.

    By street, a question goes to the street in which most persons wait for it; by person, whole communities are dealt out so that
    all have about as many waiting persons. Either way every question is in one file. By body, it is in the file of each body that may
    answer it.

    Raises:
        InputError: no finished run, or `person` without names or with one name twice.

    """
    con, policy = open_run(run)
    with con:
        if by == "body":
            parts = _by_body(con, policy)
        else:
            parts = _by_street(con) if by == "street" else _by_reviewer(con, _names(reviewers))
        found = summary(con, policy)
        made = []
        for number, part in enumerate(parts, start=1):
            file = f"{number:02d}_{safe_name(part.title)}.xlsx"
            write_review_part(con, policy, folder / file, found, part)
            ((persons,),) = con.execute(
                "SELECT count(DISTINCT row_id) FROM decision.person_questions WHERE list_contains(?, question_id)",
                [list(part.questions)],
            ).fetchall()
            made.append(Portion(part.title, file, len(part.questions), persons))
    return made


def _by_street(con: duckdb.DuckDBPyConnection) -> list[Part]:
    by: dict[str, list[str]] = defaultdict(list)
    for question, street, _, _ in _placed(con):
        by[street or _NO_STREET].append(question)
    return [Part(street, by[street]) for street in sorted(by)]


def _by_body(con: duckdb.DuckDBPyConnection, policy: Policy) -> list[Part]:
    by: dict[str, list[str]] = defaultdict(list)
    for question, bodies in con.execute("SELECT question_id, bodies FROM decision.questions").fetchall():
        for body in bodies.split(";"):
            by[body].append(question)
    order = [*policy.bodies, *sorted(set(by) - set(policy.bodies))]
    return [Part(policy.bodies.get(body, body) or _NOBODY, by[body]) for body in order if body in by]


def _by_reviewer(con: duckdb.DuckDBPyConnection, reviewers: Sequence[str]) -> list[Part]:
    """Communities with most waiting persons first, each to whoever has least so far."""
    communities: dict[tuple[str, str], list[str]] = defaultdict(list)
    weight: dict[tuple[str, str], int] = defaultdict(int)
    for question, street, community, persons in _placed(con):
        communities[street, community].append(question)
        weight[street, community] += persons
    dealt: dict[str, list[str]] = {name: [] for name in reviewers}
    load = dict.fromkeys(reviewers, 0)
    for place in sorted(communities, key=lambda place: (-weight[place], place)):
        name = min(reviewers, key=lambda name: (load[name], reviewers.index(name)))
        dealt[name] += communities[place]
        load[name] += weight[place]
    return [Part(name, questions) for name, questions in dealt.items() if questions]


def _placed(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int]]:
    """Each question with the street and the community in it in which most persons wait for it, and how many wait in all."""
    rows = con.execute(
        "SELECT question_id, street, community, count(*) FROM decision.person_questions JOIN decision.persons USING (row_id)"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    streets: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    communities: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for question, street, community, persons in rows:
        streets[question][street or ""] += persons
        communities[question, street or ""][community or ""] += persons
    placed = []
    for question, by in streets.items():
        street = _most(by)
        placed.append((question, street, _most(communities[question, street]), sum(by.values())))
    return placed


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _names(reviewers: Sequence[str]) -> list[str]:
    names = [plain_name(name, "--among") for name in reviewers]
    if not names or len(set(names)) < len(names):
        problem = Bilingual("没有写明分给哪些人，或一人写了两次", "no reviewers are named, or one is named twice")
        remedy = Bilingual("每人一个 --among 姓名", "name each with --among NAME, once")
        raise InputError(Diagnostic("reviewers_missing", SourceLocation("--among"), problem, remedy))
    return names


_NO_STREET = "未写街道"
_NOBODY = "未写单位"
