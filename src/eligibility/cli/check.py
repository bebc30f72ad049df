"""`eligibility check`: one made-up case, decided and explained without a dossier, by the same path as a district."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from eligibility.adjudicate.explain import explain_case
from eligibility.cli.explain import print_text
from eligibility.cli.kept_law import policy_on, regimes_in
from eligibility.domain.desk import open_desk
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.mark import Mark
from eligibility.domain.policy import FactSpec, FactType, Policy
from eligibility.engine import judge
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
        sys.stdout.write(told.model_dump_json(indent=2) + "\n")
    else:
        print_text([told], policy, audience="officer", lang=lang)


def marks_of_case(policy: Policy, facts: dict[str, Any]) -> dict[str, Mark]:
    """The mark of every condition: a batch of one through the engine."""
    columns = {"row_id": pa.array([0], pa.int64())}
    for fact in policy.facts.values():
        columns.update({column: pa.array([facts[column]], _type(fact)) for column in fact.columns})
    with open_desk() as con:
        con.register("arriving", pa.table(columns))
        con.execute("CREATE SCHEMA fact")
        con.execute("CREATE TABLE fact.persons AS SELECT * FROM arriving")
        judge(con, policy)
        row = con.execute("SELECT * FROM verdict.profiles")
        names = [column[0] for column in row.description or ()]
        said = dict(zip(names, row.fetchone() or (), strict=True))
    return {condition: Mark(said[condition]) for condition in policy.conditions}


def _type(fact: FactSpec) -> pa.DataType:
    match fact.type:
        case FactType.TRUTH:
            return pa.bool_()
        case FactType.CHOICE:
            return pa.string()
        case FactType.DATE:
            return pa.date32()
        case _:
            return pa.int64()
