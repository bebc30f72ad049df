"""The glossary for people and the one for the program are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.rulebook import load_policy
from rulebook.rule_copy import AS_OF, RULES

DOCS = Path(__file__).parents[2] / "docs"
POLICY = load_policy(RULES / "km-reform", as_of=AS_OF)
ROWS = {
    "facts": [f"| {f.title} | `{f.id}` | {f.type} | {f.day} |" for f in POLICY.facts.values()],
    "parameters": [f"| {p.title} | `{p.id}` | {p.type} |" for p in POLICY.parameters.values()],
    "clauses": [f"| {c.title} | `{c.id}` | {c.kind} |" for c in POLICY.clauses.values()],
    "reasons": [
        f"| {r.title} | `{r.id}` | {'、'.join(POLICY.bodies[body] for body in r.bodies)} |"
        for r in POLICY.reasons.values()
    ],
}


@pytest.mark.parametrize("kind", ROWS)
def test_the_glossary_has_every_entry(kind: str) -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in ROWS[kind] if row not in lines] == []


def test_the_glossary_has_no_entry_of_its_own() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    known = {row for rows in ROWS.values() for row in rows}
    assert [line for line in lines if line.startswith("| ") and "`" in line and line not in known] == []


def test_every_clause_is_explained_in_the_policy_page() -> None:
    text = (DOCS / "policy.md").read_text(encoding="utf-8")
    assert [clause for clause in POLICY.clauses if f"`{clause}`" not in text] == []
