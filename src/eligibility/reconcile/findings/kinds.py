"""Kinds of findings and their texts, from `kinds.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from eligibility.model.diagnostic import Bilingual


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind: code, title, meaning, and the templates of its findings.

    `problem` and `remedy` are templates over the fields of `eligibility.reconcile.findings.run.Words`. `opens`: a finding
    of this kind makes losses of households uncertain; other kinds only inform.
    """

    code: str
    title: Bilingual
    meaning: Bilingual
    problem: Bilingual
    remedy: Bilingual
    opens: bool


def _read() -> tuple[dict[str, FindingKind], dict[str, Bilingual]]:
    data = tomllib.loads(files("eligibility.reconcile.findings").joinpath("kinds.toml").read_text(encoding="utf-8"))
    kinds = {
        code: FindingKind(
            code, opens=kind.get("opens", False), **{p: Bilingual(kind[p], kind[f"{p}_en"]) for p in _PARTS}
        )
        for code, kind in data["kinds"].items()
    }
    return kinds, {item: Bilingual(*words) for item, words in data["evidence"].items()}


_PARTS = ("title", "meaning", "problem", "remedy")
KINDS, EVIDENCE = _read()
"""Code → kind, in the order in which findings are listed; item of evidence → its text."""
