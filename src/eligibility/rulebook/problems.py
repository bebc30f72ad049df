"""How the rulebook words what is wrong with a rule file, and which valid name was probably meant."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process

from eligibility.domain.finding import Finding, Source, Text

_LIKELY = 55
"""Below this similarity (0 to 100) a proposal would mislead more than help."""


def finding(code: str, at: Source, problem: Text, remedy: Text | None = None) -> Finding:
    """A finding on a rule file; without a remedy of its own: correct the line and load again."""
    return Finding(code, at, problem, remedy or Text("请改正该行后重新加载", "correct this line and load again"))


def nearest(name: str, names: Collection[str]) -> str | None:
    """The valid name most like `name`, or None where none is near.

    >>> nearest("most_land_lime", ["most_land_line", "adult_age"])
    'most_land_line'
    """
    found = process.extractOne(name, sorted(names), score_cutoff=_LIKELY)
    return None if found is None else str(found[0])


def unknown_name(kind: Text, name: str, names: Collection[str], at: Source, code: str = "unknown_name") -> Finding:
    """A finding on a name that nothing bears, with the nearest name that something does."""
    problem = Text(f"没有名为“{name}”的{kind.zh}", f"there is no {kind.en} named “{name}”")
    return Finding(code, at, problem, proposal(name, names))


def proposal(name: str, names: Collection[str]) -> Text:
    """The remedy for a wrong name: the nearest valid one, else the list of those that are valid."""
    near = nearest(name, names)
    if near is not None:
        return Text(f"是否应为“{near}”？", f"did you mean “{near}”?")
    some = "、".join(sorted(names)[:12]) or "（无）"
    return Text(f"可用：{some}", f"valid: {some}")
