"""What an answer about land may say at most: which households are asked about, and how much land there is to share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.review.answers.standing import Standing

MOST_UMU = 10_000 * 1_000_000
"""Land of one household that is believed, in micro-亩: ten thousand 亩, more than a whole community."""


def share_limits(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """By the id of each question about a roll: `most_umu` (None: not known) and `households`."""
    query = files("eligibility.review.answers").joinpath("sql", "share_limits.sql").read_text(encoding="utf-8")
    found = con.execute(query).fetchall()
    return {question: {"most_umu": most, "households": households} for question, most, households in found}


def shares_above(
    answers: Sequence[dict[str, Any]], stand: Mapping[tuple[str, str], Standing], most: Mapping[str, int | None]
) -> list[Diagnostic]:
    """A finding for each roll of which the new shares, with those that stand, take more land than there is."""
    last = {answer["question"]: answer for answer in answers if answer["household"]}
    shares = shares_stated(answers, stand)
    totals = {question: sum(shares[question].values()) for question in last}
    return [
        _above(last[question], total, limit)
        for question, total in totals.items()
        if (limit := most.get(question)) is not None and total > limit
    ]


def shares_stated(
    answers: Sequence[dict[str, Any]], stand: Mapping[tuple[str, str], Standing]
) -> dict[str, dict[str, int]]:
    """By question and household the land in micro-亩 that the new answers state, else the most of those that stand."""
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for (question, household), standing in stand.items():
        if household and standing.answers:
            shares[question][household] = max(answer["area_umu"] or 0 for answer in standing.answers)
    for answer in answers:
        if answer["household"]:
            shares[answer["question"]][answer["household"]] = answer["area_umu"] or 0
    return shares


def _above(answer: dict[str, Any], total: int, most: int) -> Diagnostic:
    place = answer["place"]
    problem = Bilingual(
        f"协议 {answer['subject']} 各户面积合计 {total / 1e6:.4f} 亩，多于协议的 {most / 1e6:.4f} 亩",
        f"the shares of agreement {answer['subject']} add up to {total / 1e6:.4f} mu, the agreement has {most / 1e6:.4f}",
    )
    remedy = Bilingual(
        "更正各户面积；协议面积有误的，先更正卷宗",
        "correct the shares; where the agreement is wrong, mend the dossier first",
    )
    return Diagnostic("shares_above_agreement", SourceLocation(f"{place['sheet']}!{place['row']}"), problem, remedy)
