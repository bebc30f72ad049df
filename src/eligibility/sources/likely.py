"""Whether the first cells of a column can be what its header says: a column of ids in which no cell looks like one is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eligibility.model.names import squeeze
from eligibility.sources.columns import AGRICULTURAL_TOTAL, Certainty, ColumnMeaning, counted_once
from eligibility.sources.spelling import AGRICULTURAL, is_subtotal

_ENOUGH = 3
"""Filled cells from which on something is judged."""
_SLACK = 0.01
"""How far the sum of rounded figures may be off in this look at the first rows; each row is checked exactly when it is read."""
_ID = re.compile(r"[0-9]{6,}[0-9Xx*.eE+]*|[^0-9]{0,3}")
_NUMBER = re.compile(r"[0-9〇零一二三四五六七八九十百千点壹贰叁肆伍陆柒捌玖拾亩分厘公顷平方米㎡m,.。元万/+eE -]*")
_FORMS = {
    "resident_id": _ID, "head_resident_id": _ID,
    "area_mu": _NUMBER, "area_m2": _NUMBER, "area": _NUMBER, "area_ha": _NUMBER, "amount_yuan": _NUMBER, "compensation_yuan": _NUMBER,
}  # fmt: skip


def plausible(
    columns: Sequence[ColumnMeaning], head: Sequence[tuple[int, Sequence[str]]], last: int
) -> Iterator[ColumnMeaning]:
    """The columns, those whose first cells contradict their meaning as ones to be asked; `last` is the row of the header."""
    rows = [cells for number, cells in head if number > last]
    for column in columns:
        form = _FORMS.get("area" if column.meaning.startswith("area@") else column.meaning)
        cells = [squeeze(row[column.index]) for row in rows if column.index < len(row) and row[column.index].strip()]
        if form is not None and column.sure and len(cells) >= _ENOUGH and not any(map(form.fullmatch, cells)):
            yield replace(column, certainty=Certainty.ASKED)
        elif (
            column.meaning == AGRICULTURAL_TOTAL
            and not is_subtotal(column.levels)
            and not _sums_up(column, columns, rows)
        ):
            yield replace(column, meaning="area@", certainty=Certainty.ASKED)
        else:
            yield column


def _sums_up(column: ColumnMeaning, columns: Sequence[ColumnMeaning], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column that does not say so (农用地 without 小计) is in each of the first rows the sum of the classes beside it."""
    parts = [one.index for one in counted_once(columns) if one.meaning.partition("@")[2] in AGRICULTURAL]
    seen = 0
    for row in rows:
        figures = [_figure(row, index) for index in (column.index, *parts)]
        if figures[0] is None:
            continue
        seen += 1
        if abs(sum(figure or 0.0 for figure in figures[1:]) - figures[0]) > _SLACK:
            return False
    return seen > 0


def _figure(row: Sequence[str], index: int) -> float | None:
    text = squeeze(row[index]).replace(",", "") if index < len(row) else ""
    return float(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else None
