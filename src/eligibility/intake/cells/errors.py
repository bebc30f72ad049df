"""Cells that hold an error, or a formula without a result: never blank, for a blank may mean no."""

from __future__ import annotations

import re

from eligibility.intake.books.sheet_marks import UNCOMPUTED

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|错误)|Err:[0-9]{3}")


def error_issue(text: str) -> str:
    """The issue of a cell that holds no value of its own; "" for every other cell.

    >>> error_issue("#N/A"), error_issue("#公式未计算"), error_issue("#1楼")
    ('error_cell', 'formula_uncomputed', '')
    """
    if text == UNCOMPUTED:
        return "formula_uncomputed"
    return "error_cell" if _ERROR.fullmatch(text) else ""
