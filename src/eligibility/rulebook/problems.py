"""How the rulebook words what is wrong with a rule file, where it stands, and which valid name was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation

_LIKELY = 55
"""Below this similarity (0 to 100) a proposal would mislead more than help."""

_ALMOST = 66
"""From this similarity of the whole words on, a typing error is likely."""

_LONGEST_SHOWN = 80


class Level(StrEnum):
    """How grave: with an error the rulebook decides nobody; a warning is for the author to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Spot(SourceLocation):
    """A place in a rule file: line and column (both from 1), and the text that begins there."""

    col: int = 1
    text: str = field(default="", repr=False, compare=False)

    def in_language(self, lang: str) -> str:
        """File, line and column in words.

        >>> Spot("rules/facts.yaml", row=3, col=5).in_language("zh")
        'rules/facts.yaml 第3行第5列'
        """
        if lang == "en":
            return f"{self.file} line {self.row} column {self.col}"
        return f"{self.file} 第{self.row}行第{self.col}列"

    def inside(self, name: str) -> Spot:
        """Where `name` first stands as a whole word in the text; this very place where it does not."""
        result = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text) if name else None
        if result is None or self.row is None:
            return self
        before = self.text[: result.start()]
        lines = before.count("\n")
        col = len(before) - before.rfind("\n") if lines else self.col + len(before)
        return Spot(self.file, row=self.row + lines, col=col, text=self.text[result.start() :])


@dataclass(frozen=True, slots=True)
class RuleFinding(Diagnostic):
    """A finding on a rule file: how grave it is, and the nearest valid name where a name is wrong ("" where none)."""

    level: Level = Level.ERROR
    nearest: str = ""


def finding(code: str, at: SourceLocation, problem: Bilingual, remedy: Bilingual) -> RuleFinding:
    """An error in a rule file."""
    return RuleFinding(code, at, problem, remedy)


def warning(code: str, at: SourceLocation, problem: Bilingual, remedy: Bilingual) -> RuleFinding:
    """Something in a rule file that is allowed but hardly meant."""
    return RuleFinding(code, at, problem, remedy, Level.WARNING)


def misnamed(code: str, at: SourceLocation, problem: Bilingual, name: str, names: Collection[str]) -> RuleFinding:
    """An error in a word that must be one of `names`; the remedy is the nearest of them."""
    spot = at.inside(name) if isinstance(at, Spot) else at
    return RuleFinding(code, spot, problem, suggestion(name, names), nearest=nearest(name, names) or "")


def unknown_name(
    kind: Bilingual, name: str, names: Collection[str], at: SourceLocation, code: str = "unknown_name"
) -> RuleFinding:
    """A finding on a name that nothing bears, with the nearest name that something does."""
    shown = name if len(name) <= _LONGEST_SHOWN else name[:_LONGEST_SHOWN] + "…"
    problem = Bilingual(f"没有名为“{shown}”的{kind.zh}", f"there is no {kind.en} named “{shown}”")
    return misnamed(code, at, problem, name, names)


def nearest(name: str, names: Collection[str]) -> str | None:
    """The valid name most like `name`, or None where none is near.

    >>> nearest("most_land_lime", ["most_land_line", "adult_age"])
    'most_land_line'
    """
    result, known = name[:_LONGEST_SHOWN], sorted(names)
    # a whole word nearly the same goes before a long name that contains the word
    text = process.extractOne(result, known, scorer=fuzz.ratio, score_cutoff=_ALMOST) or process.extractOne(
        result, known, scorer=fuzz.WRatio, score_cutoff=_LIKELY
    )
    return None if text is None else str(text[0])


MOST_NAMES = 12
"""Most names that a remedy lists."""


def suggestion(name: str, names: Collection[str]) -> Bilingual:
    """The remedy for a wrong name: the nearest valid one, else the list of those that are valid."""
    near = nearest(name, names)
    if near is not None:
        return Bilingual(f"是否应为“{near}”？", f"did you mean “{near}”?")
    some = "、".join(sorted(names)[:MOST_NAMES]) or "（无）"
    rest = len(names) - MOST_NAMES
    more = (f"，另有 {rest} 个", f", and {rest} more") if rest > 0 else ("", "")
    return Bilingual(f"可用：{some}{more[0]}", f"valid: {some}{more[1]}")
