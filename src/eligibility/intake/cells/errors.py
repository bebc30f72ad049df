"""Cells that hold no value of their own: an error, a formula without a result, 同上. Never blank, for a blank may mean no."""

from __future__ import annotations

import re

from eligibility.intake.books.sheet_marks import UNCOMPUTED

MERGED = "#合并"
"""Stands in each cell of one area, amount or count that is merged over the rows of several things."""

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|错误)|Err:[0-9]{3}")
_DITTO = re.compile(r"同\s*[上前][。.]?|[〃″〞＂\"”]|′′|['＇’‘`]\s*['＇’‘`]|ditto", re.IGNORECASE)


def error_issue(text: str) -> str:
    """The issue of a cell that holds no value of its own; "" for every other cell.

    >>> error_issue("#N/A"), error_issue("#公式未计算"), error_issue("同上"), error_issue("#1楼")
    ('error_cell', 'formula_uncomputed', 'ditto_mark', '')
    """
    if text == UNCOMPUTED:
        return "formula_uncomputed"
    if text == MERGED:
        return "merged_area"
    if _DITTO.fullmatch(text):
        return "ditto_mark"
    return "error_cell" if _ERROR.fullmatch(text) else ""
