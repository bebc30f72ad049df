"""`eligibility check`: one made-up case, decided and explained without a dossier, by the same path as a district."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.adjudicate.explain import explain_case
from eligibility.application.kept_law import policy_on, regimes_in
from eligibility.cli.explain import print_text
from eligibility.domain.desk import open_desk
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy
from eligibility.engine import judge_one
from eligibility.rulebook.case import example_case, read_case


def check_case(case: Path | None, rules: Path, day: date, *, example: bool, lang: str, json: bool) -> None:
    """Decide the facts of `case`, or print a template of it.

    Raises:
        Unusable: no case given, or a wrong line in it or in the rules.

    """
    policy = policy_on(rules, day)
    if example:
        sys.stdout.write(example_case(policy))
        return
    if case is None:
        problem = Text("未给出案例文件", "no case file was given")
        remedy = Text(
            "先执行 eligibility check --example > case.yaml", "first: eligibility check --example > case.yaml"
        )
        raise Unusable(Finding("case_missing", Source("CASE.yaml"), problem, remedy))
    facts = read_case(case, policy)
    told = explain_case(policy, marks_of_case(policy, facts), facts, regimes_in(rules.resolve().parent))
    if json:
        from eligibility.adjudicate.explain.schema import as_json_text

        sys.stdout.write(as_json_text(told) + "\n")
    else:
        print_text([told], policy, audience="officer", lang=lang)


def marks_of_case(policy: Policy, facts: dict[str, Any]) -> dict[str, Mark]:
    """The mark of every condition, as a batch finds it."""
    columns = {column: fact.type.column_type for fact in policy.facts.values() for column in fact.columns}
    with open_desk() as con:
        con.execute("CREATE SCHEMA fact")
        declared = ", ".join(f'"{name}" {of}' for name, of in columns.items())
        con.execute(f"CREATE TABLE fact.persons (row_id BIGINT, {declared})")
        places = ", ".join("?" for _ in columns)
        con.execute(f"INSERT INTO fact.persons VALUES (0, {places})", [facts[name] for name in columns])
        return judge_one(con, policy)
