"""Small dossiers in the shape of real documents: nobody is decided with certainty on a paper that may be misread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.diagnostic import InputError
from eligibility.rulebook import load_policy
from eligibility.store.database import connect
from support.paper_folder import RULES

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nobody_is_decided_on_a_misread_paper(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    dossier = next(path for path in (case / "dossier", case / "dossier.xlsx") if path.exists())
    policy = load_policy(RULES, as_of=date.fromisoformat(expected["as_of"]))
    with connect() as con:
        try:
            execute(Work(con, policy, dossier))
        except InputError as refusal:
            assert 2 in expected["exit"], refusal
            message = " ".join(str(finding) for finding in refusal.findings)
            assert all(names(message, words) for words in expected.get("message_must_name", []))
            return
        assert 0 in expected["exit"]
        assert not list(wrong_persons(con, expected))
        assert not list(wrong_papers(con, expected))


def wrong_persons(con: duckdb.DuckDBPyConnection, expected: dict[str, Any]) -> Iterator[str]:
    """Persons who are decided neither rightly nor safely, who are lost, and who are none."""
    rows = con.execute("SELECT resident_id, name, outcome FROM decision.persons").fetchall()
    known = set()
    for key, wish in expected["persons"].items():
        mine = [row for row in rows if f"name={row[1]}" == key or row[0].upper() == key.upper()]
        known |= {row[0] for row in mine}
        outcomes = {str(row[2]) for row in mine} or {"absent"}
        if len(outcomes) > 1 or not outcomes <= set(wish["accept"]):
            yield f"{key} {wish.get('variant', '')}: {outcomes}, right or safe: {wish['accept']}"
    for resident, name, _ in rows:
        if {resident, name} & set(expected.get("not_persons", [])):
            yield f"{name} is no person"
        elif resident not in known and not expected.get("extra_persons"):
            yield f"nobody expected {resident} {name}"


def wrong_papers(con: duckdb.DuckDBPyConnection, expected: dict[str, Any]) -> Iterator[str]:
    """Findings that are missing or false, and agreements that are covered by too much or too little."""
    text = str(con.execute("SELECT * FROM paper.quarantine").fetchall()) + str(
        con.execute("SELECT * FROM link.findings").fetchall()
    )
    wanted = expected.get("findings_any_of", [])
    if wanted and expected.get("findings_when", "always") == "always" and not any(names(text, one) for one in wanted):
        yield f"no finding with one of {wanted}"
    yield from (f"a finding says {one}" for one in expected.get("findings_none_of", []) if names(text, one))
    for wish in expected.get("coverage", []):
        sql = "SELECT sum(covered_umu_max) / 1000000 FROM link.coverage WHERE agreement_no = ?"
        (most,) = con.execute(sql, [wish["agreement_no"]]).fetchall()[0]
        if not wish.get("max_at_least", 0) - 1e-9 <= most <= wish.get("max_at_most", most) + 1e-9:
            yield f"{wish['agreement_no']}: at most {most} mu are covered"


def names(text: str, words: str) -> bool:
    """Whether a text has one of the words, white space not counted."""
    bare = re.sub(r"\s", "", text).lower()
    return any(re.sub(r"\s", "", word).lower() in bare for word in words.split("|"))
