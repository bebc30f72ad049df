"""From a dossier to decisions: the rooms in their order, on one connection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from eligibility.adjudicate.decide import account, decide
from eligibility.adjudicate.questions import ask
from eligibility.cli.clock import Clock
from eligibility.cli.meanwhile import SOLVERS, import_meanwhile
from eligibility.cli.workplace import DUCKDB, Engine
from eligibility.domain.earlier import Earlier
from eligibility.domain.policy import Policy
from eligibility.engine import Agreement, judge
from eligibility.facts import assemble
from eligibility.identify import identify
from eligibility.intake import lay_judgements, read_dossier
from eligibility.reconcile import reconcile
from eligibility.review import apply_answers, refer_contradicted


class Decided(NamedTuple):
    """A dossier decided: what the second evaluator says, and the rows that stand as an earlier run read them."""

    agreement: Agreement
    rows_standing: int


def decide_dossier(
    con: duckdb.DuckDBPyConnection,
    policy: Policy,
    dossier: Path,
    clock: Clock,
    engine: Engine = DUCKDB,
    *,
    answers: Sequence[dict[str, Any]] = (),
    judgements: Sequence[dict[str, Any]] = (),
    earlier: Earlier | None = None,
) -> Decided:
    """Everything from papers to decisions, in the order of docs/architecture.md; checks that no row was lost.

    `answers` of reviewers, and their `judgements` on links, are laid beside the papers before anything is derived.
    What an `earlier` run found is used again where nothing that it rests on changed.
    """
    import_meanwhile(*SOLVERS)
    with clock.stage("intake"):
        rows_standing = read_dossier(dossier, con, earlier=earlier)
        identify(con, policy)
        apply_answers(con, policy, answers)
        lay_judgements(con, judgements)
    with clock.stage("reconcile"):
        reconcile(con, policy, each=engine.each, earlier=earlier)
    with clock.stage("facts"):
        assemble(con, policy)
        refer_contradicted(con)
    with clock.stage("engine"):
        agreement = judge(con, policy, columns=engine.columns)
    with clock.stage("decisions"):
        decide(con, policy, engine.each, earlier)
        account(con)
    with clock.stage("questions"):
        ask(con, policy)
    return Decided(agreement, rows_standing)
