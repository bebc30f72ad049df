"""Questions of hand-written dossiers, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Decided, Papers, whole_loss


def changed(table: str, index: int = 0, **cells: str) -> Papers:
    """The good papers of `whole_loss` with some cells of one row changed."""
    papers = whole_loss()
    papers.tables[table][index].update(cells)
    return papers


def without(table: str, index: int | None = None) -> Papers:
    """The good papers of `whole_loss` without a table, or without one row of it."""
    papers = whole_loss()
    if index is None:
        del papers.tables[table]
    else:
        del papers.tables[table][index]
    return papers


def asked(papers: Papers, folder: Path, policy: Policy | None = None) -> Decided:
    """Decide the papers and ask."""
    policy = policy or load_policy(RULES, as_of=AS_OF)
    return papers.decide(folder, policy)


def questions(decided: Decided) -> list[dict[str, Any]]:
    """`decision.questions` in its order."""
    found = decided.con.execute("SELECT * FROM decision.questions")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def of_person(decided: Decided, resident: str) -> set[str]:
    """What is asked for the sake of one person."""
    rows = decided.con.execute(
        "SELECT asks FROM decision.questions JOIN decision.person_questions USING (question_id)"
        " JOIN decision.persons USING (row_id) WHERE resident_id = ?",
        [resident],
    )
    return {asks for (asks,) in rows.fetchall()}


def waits(decided: Decided) -> dict[str, tuple[int, int]]:
    """Code of a finding → places where it was found, and persons who wait for it."""
    rows = decided.con.execute("SELECT code, places, persons FROM decision.finding_waits").fetchall()
    return {code: (places, persons) for code, places, persons in rows}
