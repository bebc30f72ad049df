"""One made-up case, decided and explained without a dossier, by the same path as a district."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from eligibility.adjudicate.explain import Explanation, explain_case
from eligibility.engine import evaluate_person
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.rulebook import load_policy, read_case, read_regimes
from eligibility.store.database import connect


def decide_case(case: Path, rules: Path, day: date) -> Explanation:
    """Decide the facts that stand in the file `case`.

    Raises:
        InputError: a wrong line in it or in the rules.

    """
    policy = load_policy(rules, as_of=day)
    facts = read_case(case, policy)
    return explain_case(policy, marks_of_case(policy, facts), facts, read_regimes(rules.resolve().parent))


def marks_of_case(policy: Policy, facts: dict[str, Any]) -> dict[str, Truth]:
    """The mark of every condition, as a batch finds it."""
    columns = {column: fact.type.column_type for fact in policy.facts.values() for column in fact.columns}
    with connect() as con:
        con.execute("CREATE SCHEMA fact")
        declared = ", ".join(f'"{name}" {of}' for name, of in columns.items())
        con.execute(f"CREATE TABLE fact.persons (row_id BIGINT, {declared})")
        places = ", ".join("?" for _ in columns)
        con.execute(f"INSERT INTO fact.persons VALUES (0, {places})", [facts[name] for name in columns])
        return evaluate_person(con, policy)
