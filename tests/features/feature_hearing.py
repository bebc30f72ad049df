"""One case of a feature file, from words to the row of facts that the engine judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from eligibility.domain.policy import FactSpec, FactType, Policy
from eligibility.engine import judge
from eligibility.rulebook import load_policy, read_case
from eligibility.rulebook.case import fact_named, read_value, unknown_row
from eligibility.rulebook.problems import nearest

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "features"
MARKS = {"成立": "proven", "不成立": "refuted", "待核": "open"}
TYPES = {FactType.TRUTH: "BOOLEAN", FactType.CHOICE: "VARCHAR", FactType.DATE: "DATE"}


@dataclass
class Hearing:
    """What a scenario has said so far, and the verdict once it asked for one."""

    stated: dict[str, str] = field(default_factory=dict)
    trying: dict[str, str] = field(default_factory=dict)
    others_hold: bool = False
    policy: Policy | None = None
    profile: dict[str, Any] = field(default_factory=dict)

    def decide(self, rulebook: str, day: str) -> None:
        asked = (rulebook, date.fromisoformat(day), tuple(sorted(self.trying.items())))
        self.policy = _policy(*asked)
        row = dict(_others(*asked)) if self.others_hold else unknown_row(self.policy)
        for name, value in self.stated.items():
            row |= read_value(value, _fact(name, self.policy), self.policy)
        self.profile = _judged(asked, tuple(row.items()))

    def condition(self, name: str) -> str:
        titles = {c.title: c.id for c in self.policy.conditions.values()}
        return str(self.profile[_known(titles.get(name, name), self.policy.conditions)])

    def clause(self, name: str) -> str:
        titles = {c.title: c.id for c in self.policy.clauses.values()}
        ident = _known(titles.get(name, name), self.policy.clauses)
        if ident in self.codes("clauses_refuted"):
            return "refuted"
        return "open" if ident in self.codes("clauses_open") else "proven"

    def outcome(self) -> str:
        return self.policy.outcomes[self.profile["outcome"]]

    def codes(self, column: str) -> list[str]:
        return [code for code in self.profile[column].split(";") if code]

    def known_reason(self, code: str) -> str:
        return _known(code, {**self.policy.reasons, **self.policy.clauses})

    def known_parameter(self, name: str) -> str:
        return _known(name, self.policy.parameters)


def _known(name: str, names: dict[str, Any]) -> str:
    """A misspelt name must not make a sentence true or false by accident."""
    assert name in names, f"没有“{name}”；是否应为“{nearest(name, names)}”？"
    return name


def _fact(name: str, policy: Policy) -> FactSpec:
    spec = fact_named(name, policy)
    names = {title: None for one in policy.facts.values() for title in (one.id, one.title)}
    assert spec is not None, f"没有事实“{name}”；是否应为“{nearest(name, names)}”？"
    return spec


@cache
def _policy(rulebook: str, day: date, trying: tuple[tuple[str, str], ...]) -> Policy:
    return load_policy(ROOT / "rules" / rulebook, as_of=day, trying=dict(trying))


@cache
def _others(rulebook: str, day: date, trying: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return read_case(FEATURES / rulebook / "其余条件.yaml", _policy(rulebook, day, trying))


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET threads = 1")
    con.execute("CREATE SCHEMA fact")
    return con


@cache  # many scenarios ask different things of one case
def _judged(asked: tuple[Any, ...], stated: tuple[tuple[str, object], ...]) -> dict[str, Any]:
    con, policy, row = _connection(), _policy(*asked), dict(stated)
    types = {column: TYPES.get(spec.type, "BIGINT") for spec in policy.facts.values() for column in spec.columns}
    columns = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
    con.execute(f"CREATE OR REPLACE TABLE fact.persons (row_id BIGINT, {columns})")
    con.execute(f"INSERT INTO fact.persons VALUES ({', '.join('?' * (len(types) + 1))})", [0, *(row[c] for c in types)])
    judge(con, policy)
    found = con.execute("SELECT * FROM verdict.persons JOIN verdict.profiles USING (profile_id)")
    return dict(zip([column[0] for column in found.description], found.fetchall()[0], strict=True))
