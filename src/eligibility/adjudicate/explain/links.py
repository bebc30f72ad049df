"""The approvals that may cover an agreement, with their evidence, as text."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import duckdb

from eligibility.adjudicate.explain.models import LinkReading, RivalReading
from eligibility.labels.facts import WORDS
from eligibility.labels.states import COVERAGE
from eligibility.model.diagnostic import Bilingual


def links_of(con: duckdb.DuckDBPyConnection, row_id: int) -> list[LinkReading]:
    """Return the agreements that may affect a person's household, each with the approvals that may cover it."""
    query = files("eligibility.adjudicate.explain").joinpath("links.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {"row_id": row_id}).fetchall()
    return [_link(key, [row[7:] for row in group]) for key, group in groupby(rows, key=lambda row: row[:7])]


def _link(key: tuple[Any, ...], rivals: list[tuple[Any, ...]]) -> LinkReading:
    number, land_class, kind, area, least, most, status = key
    read = [_rival(row) for row in rivals if row[0] is not None]
    certain = [rival.approval_no for rival in read if rival.certainty == "certain"]
    others = [rival.approval_no for rival in read if rival.certainty != "certain"]
    state = COVERAGE[status]
    zh = f"{number}（{WORDS.get(land_class, '地类不详')} {_mu(area)}）：{state.zh}" + _named("，", certain)
    en = f"{number} ({land_class or 'class not known'}, {_mu(area).replace('亩', ' mu')}): {state.en}" + _named(
        ": ", certain
    )
    zh += _named("；可能的批文：" if not certain else "；另有可能的：", others) if others else ""
    en += _named("; possible approvals: " if not certain else "; also possible: ", others) if others else ""
    return LinkReading(
        agreement_no=number,
        land_class=land_class or "",
        kind=kind or "",
        area=_mu(area),
        covered=_range(least, most),
        status=status,
        approvals=read,
        says=zh + "。",
        says_en=en + ".",
    )


def _rival(row: tuple[Any, ...]) -> RivalReading:
    number, certainty, least, most, score, evidence = row
    pieces = [piece for piece in (evidence or "").split(";") if piece]
    return RivalReading(
        approval_no=number,
        certainty=certainty,
        area=_range(least, most),
        score=score,
        evidence=[_worded(piece).zh for piece in pieces],
        evidence_en=[_worded(piece).en for piece in pieces],
    )


def _worded(piece: str) -> Bilingual:
    code, _, weight = piece.partition(":")
    title = _evidence().get(code, Bilingual(code, code.replace("_", " ")))
    return Bilingual(f"{title.zh}（{weight}）", f"{title.en} ({weight})") if weight else title


@cache
def _evidence() -> dict[str, Bilingual]:
    """Return the titles of evidence items; read as data, because importing `reconcile` would load its libraries."""
    text = files("eligibility").joinpath("reconcile", "evidence.toml").read_text(encoding="utf-8")
    return {code: Bilingual(item["title"], item["title_en"]) for code, item in tomllib.loads(text)["items"].items()}


def _named(before: str, numbers: list[str]) -> str:
    return before + "、".join(numbers) if numbers else ""


def _mu(area: int | None) -> str:
    return "?" if area is None else f"{area / 1_000_000:.4f}亩"


def _range(least: int | None, most: int | None) -> str:
    return _mu(least) if least == most else f"{_mu(least)} – {_mu(most)}"
