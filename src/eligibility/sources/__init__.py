"""Papers as bureaus have them: which kind of source a sheet is, and what each of its columns means.

What is known stands in data: `kinds/*.toml` (one kind of source each), `meanings.toml`, `classes.toml`, `likeness.toml`.
Nothing here opens a file: sheets come in as rows of text, proposals go out.
"""

from eligibility.sources.catalogue import Catalogue, read_catalogue, shipped
from eligibility.sources.columns import AGRICULTURAL_TOTAL, Certainty, ColumnMeaning, counted_once
from eligibility.sources.composed import form_of, may_have_form
from eligibility.sources.kind import ByTitle, Column, Kind, Lookup, Reading
from eligibility.sources.mapping import (
    ASIDE,
    ASK,
    ListKey,
    MappedColumn,
    MappedSheet,
    Mapping,
    added,
    mapped,
    read_mapping,
)
from eligibility.sources.places import place_of
from eligibility.sources.sheets import SheetProposal, SheetRows, propose
from eligibility.sources.spelling import AGRICULTURAL

__all__ = [
    "AGRICULTURAL",
    "AGRICULTURAL_TOTAL",
    "ASIDE",
    "ASK",
    "ByTitle",
    "Catalogue",
    "Certainty",
    "Column",
    "ColumnMeaning",
    "Kind",
    "ListKey",
    "Lookup",
    "MappedColumn",
    "MappedSheet",
    "Mapping",
    "Reading",
    "SheetProposal",
    "SheetRows",
    "added",
    "counted_once",
    "form_of",
    "mapped",
    "may_have_form",
    "place_of",
    "propose",
    "read_catalogue",
    "read_mapping",
    "shipped",
]
