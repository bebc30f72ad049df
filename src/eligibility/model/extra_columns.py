"""Columns that a rulebook adds to the nine tables of a dossier, one for each fact with a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.model.tables import TABLES, CellType, Column, Table, Word

PREFIX = "x_"
"""Begins the key of an added column, so that it meets none of the contract."""

_CELLS = {
    FactType.AREA: CellType.AREA_MU,
    FactType.AREA_PER_HEAD: CellType.AREA_MU,
    FactType.YEARS: CellType.COUNT,
    FactType.COUNT: CellType.COUNT,
    FactType.MONEY: CellType.MONEY,
    FactType.PERCENT: CellType.AREA_MU,
    FactType.DATE: CellType.DAY,
    FactType.TRUTH: CellType.TRUTH,
    FactType.CHOICE: CellType.CHOICE,
}


def key_of(spec: FactSpec) -> str:
    """The key of the column that tells a fact: one of the contract where its header is one of it, else an added one."""
    own = contract_column(spec)
    return PREFIX + spec.id if own is None else own.key


def contract_column(spec: FactSpec) -> Column | None:
    """The column of the contract that bears the header of a fact's source."""
    if spec.source is None:
        return None
    headers = set(spec.source.headers)
    columns = next(table for table in TABLES if table.key == spec.source.table).columns
    return next((column for column in columns if headers & {*column.headers, *column.also}), None)


def fits(spec: FactSpec) -> bool:
    """Whether the cells of the contract's column that it names are of its type; an added column always fits."""
    own = contract_column(spec)
    return own is None or own.type is _CELLS[spec.type]


def extra_columns(policy: Policy) -> dict[str, tuple[Column, ...]]:
    """The added columns by the key of their table, in the order of the glossary."""
    columns: dict[str, list[Column]] = {}
    for spec in policy.facts.values():
        if spec.source is not None and contract_column(spec) is None:
            columns.setdefault(spec.source.table, []).append(_column(spec))
    return {table: tuple(added) for table, added in columns.items()}


def widened(table: Table, extra: Mapping[str, tuple[Column, ...]]) -> Table:
    """The table with its added columns behind its own."""
    return replace(table, columns=(*table.columns, *extra.get(table.key, ())))


def _column(spec: FactSpec) -> Column:
    if spec.source is None:
        raise ValueError(f"{spec.id} has no source")
    also = dict(spec.source.words)
    words = tuple(Word(choice, choice, also.get(choice, ())) for choice in spec.choices)
    return Column(
        key_of(spec), spec.source.headers, _CELLS[spec.type], words=words, blank_means_no=spec.source.blank_means_no
    )
