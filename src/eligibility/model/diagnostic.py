"""Findings: what is wrong, where, and how to put it right. A wrong paper is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from eligibility.model.errors import EligibilityError


class Bilingual(NamedTuple):
    """One sentence for people, in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The sentence in `lang` ("zh" or "en")."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place an officer can put a finger on: file, sheet, row (from 1, header counted), column; or file and line."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def in_language(self, lang: str) -> str:
        """The place in words, such as `花名册.csv 第3行「面积」`.

        >>> SourceLocation("花名册.csv", row=3, column="面积").in_language("zh")
        '花名册.csv 第3行「面积」'
        """
        if lang == "en":
            parts = [self.file, f"sheet {self.sheet}" if self.sheet else ""]
            parts += [f"row {self.row}" if self.row is not None else "", f"“{self.column}”" if self.column else ""]
            return " ".join(part for part in parts if part)
        place = self.file + (f" 工作表「{self.sheet}」" if self.sheet else "")
        where = (f"第{self.row}行" if self.row is not None else "") + (f"「{self.column}」" if self.column else "")
        return f"{place} {where}".strip()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, at one place, with the way to put it right."""

    code: str
    at: SourceLocation
    problem: Bilingual
    remedy: Bilingual

    def in_language(self, lang: str) -> str:
        """Code, place, problem and remedy on two lines."""
        arrow = "→ "
        return f"[{self.code}] {self.at.in_language(lang)}\n  {self.problem.in_language(lang)}\n  {arrow}{self.remedy.in_language(lang)}"


class InputError(EligibilityError):
    """Input or rules that cannot be worked with at all: shown to the user as its findings, exit status 2."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__("; ".join(finding.in_language("zh") for finding in findings))
        self.findings = findings
