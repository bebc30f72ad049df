"""Whether the first cells of a column can be what its header says: a column of ids in which no cell looks like one is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eligibility.model.names import squeeze
from eligibility.sources.columns import Certainty, ColumnMeaning

_ENOUGH = 3
"""Filled cells from which on something is judged."""
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
        else:
            yield column
