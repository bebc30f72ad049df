"""What intake may find wrong: every issue of `findings.toml`, with its published code, its sentence and its remedy."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from eligibility.model.catalogue import Issue, parse_catalogue
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation


class Notice(NamedTuple):
    """An issue of a file, a sheet or a row that is no data row, before it is put into words."""

    issue: str
    table: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    other: str = ""


CATALOGUE = parse_catalogue(files("eligibility.intake").joinpath("findings.toml").read_text(encoding="utf-8"))
"""Every finding of this room, with its sentences, in the order of the documentation."""
ISSUES = tuple(issue for entry in CATALOGUE.entries for issue in entry.issues)


def finding_words(name: str) -> Issue:
    """The code and the sentences of an issue of the catalogue; StopIteration where there is none of that name."""
    return next(issue for issue in ISSUES if issue.id == name)


def refuse(code: str, at: SourceLocation, problem: Bilingual, remedy: Bilingual) -> InputError:
    """The exception for input that cannot be worked with at all."""
    return InputError(Diagnostic(code, at, problem, remedy))
