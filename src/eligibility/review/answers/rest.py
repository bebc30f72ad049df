"""“The other households have none”: one answer in place of a nought for each household of a village, where the sum bears it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.review.answers.limits import shares_stated
from eligibility.review.answers.standing import Standing

REST_NONE = "shares_rest"
"""The answer to a question about a roll that stands for a nought of every household that was not filled in."""
_ROUNDED = 5_000
"""Micro-亩 by which the area of one household may be rounded: half a hundredth of a 亩."""
_NAMED = 6


def with_rest(
    con: duckdb.DuckDBPyConnection, answers: Sequence[dict[str, Any]], stand: Mapping[tuple[str, str], Standing]
) -> tuple[list[dict[str, Any]], list[Diagnostic]]:
    """The answers, with a nought for each other household where an answer says so; and where that cannot be.

    It cannot be while the areas that are stated, by the roll, by answers that stand and by these, do not add up to the agreement, or
    while a household is paid on the roll without an area.
    """
    shares = shares_stated(answers, stand)
    made: list[dict[str, Any]] = []
    findings: list[Diagnostic] = []
    for answer in answers:
        if answer["answer"] != REST_NONE:
            made.append(answer)
            continue
        others, wrong = _others(con, answer, shares[answer["question"]])
        findings += wrong
        made.append(answer | {"answer": "shares"})
        made += [answer | {"answer": "shares", "household": household, "area_umu": 0} for household in others]
    return made, findings


def _others(
    con: duckdb.DuckDBPyConnection, answer: dict[str, Any], filled: Mapping[str, int]
) -> tuple[list[str], list[Diagnostic]]:
    query = files("eligibility.review.answers").joinpath("sql", "rest_of_roll.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {"question": answer["question"]}).fetchall()
    if not rows:  # asked by an earlier batch, and no longer open
        return [], [_not_none(answer, "这个问题已不再问", "the question is no longer asked", _BY_HAND)]
    area, half = rows[0][5], rows[0][6]
    paid = [row[1] for row in rows if row[2] > row[3] and row[1] not in filled]
    if paid:
        named = "、".join(map(str, paid[:_NAMED])) + ("…" if len(paid) > _NAMED else "")
        zh, en = (
            f"{len(paid)} 户在花名册上有款而没有面积：{named}",
            f"{len(paid)} households are paid without an area: {named}",
        )
        return [], [_not_none(answer, zh, en, _BY_HAND)]
    stated = {row[1]: row[4] for row in rows if row[3] and row[1] not in filled}
    total = sum(filled.values()) + sum(stated.values())
    if area is None or abs(area - total) > half + _ROUNDED * (len(filled) + len(stated)):
        of = "不详" if area is None else f"{area / 1e6:.4f} 亩"
        zh = f"已填和花名册载明的合计 {total / 1e6:.4f} 亩，协议 {of}，不能说其余农户没有"
        en = f"what is filled in and on the roll adds up to {total / 1e6:.4f} mu, the agreement has {'an unknown area' if area is None else f'{area / 1e6:.4f} mu'}"
        return [], [_not_none(answer, zh, en, _ADD_UP)]
    return [row[1] for row in rows if row[0] and not row[2] and row[1] not in filled], []


def _not_none(answer: dict[str, Any], zh: str, en: str, remedy: Bilingual) -> Diagnostic:
    place = answer["place"]
    return Diagnostic("rest_not_none", SourceLocation(f"{place['sheet']}!{place['row']}"), Bilingual(zh, en), remedy)


_BY_HAND = Bilingual("逐户填写面积，没有的填 0", "fill in each household, 0 where it has none")
_ADD_UP = Bilingual(
    "补填还有面积的农户；协议面积有误的，先更正卷宗",
    "fill in who else has land; where the agreement is wrong, mend the dossier first",
)
