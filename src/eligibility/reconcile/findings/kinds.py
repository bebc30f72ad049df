"""The kinds of findings and their words, from `kinds.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from eligibility.domain.finding import Text


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind: its code, what people call it, what it means, and the sentences of its findings.

    `problem` and `remedy` are templates over the fields of `eligibility.reconcile.findings.run.Words`. `opens`: what it is found
    on leaves somebody's loss uncertain; the others only inform.
    """

    code: str
    title: Text
    meaning: Text
    problem: Text
    remedy: Text
    opens: bool


def _read() -> tuple[dict[str, FindingKind], dict[str, Text]]:
    said = tomllib.loads(files("eligibility.reconcile.findings").joinpath("kinds.toml").read_text(encoding="utf-8"))
    kinds = {
        code: FindingKind(code, opens=one.get("opens", False), **{p: Text(one[p], one[f"{p}_en"]) for p in _PARTS})
        for code, one in said["kinds"].items()
    }
    return kinds, {item: Text(*words) for item, words in said["evidence"].items()}


_PARTS = ("title", "meaning", "problem", "remedy")
KINDS, EVIDENCE = _read()
"""Code → kind, in the order in which findings are listed; item of evidence → what it says."""
