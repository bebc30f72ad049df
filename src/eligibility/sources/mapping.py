"""The mapping of a dossier: what each sheet is and what its columns mean, proposed by the program, corrected by a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from rapidfuzz import process

from eligibility.model.days import parse_day
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.tables import TABLES
from eligibility.sources.catalogue import Catalogue
from eligibility.sources.columns import Certainty, ColumnMeaning
from eligibility.sources.form_problem import form_problem
from eligibility.sources.headers import Header, header_at
from eligibility.sources.sheets import SheetProposal, SheetRows
from eligibility.sources.spelling import fold, is_subtotal, within, without_unit

ASIDE = "aside"
"""In the place of a kind or a meaning: known to be of no use here."""
ASK = "?"
"""In the place of a kind or a meaning: not answered yet."""
_NEAR = 50
_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


ListKey = Literal["complete", "from", "to", "area"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MappedColumn(_Form):
    """One column: its letters, its header, and what it means."""

    column: _Text
    header: str = ""
    means: _Text
    why: str = ""
    samples: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether a clerk has to say what it means."""
        return self.means == ASK


class MappedSheet(_Form):
    """One sheet: its file, its kind, the rows of its header, its columns, and what title or clerk state once for all rows."""

    file: str
    sheet: str = ""
    kind: _Text
    why: str = ""
    rows: int = 0
    header: tuple[int, int] | tuple[()] = ()
    unit: str = ""
    constants: dict[str, str] = Field(default={})
    compared: dict[ListKey, str] = Field(default={})
    """Of a list to compare with: whether it is complete, for which days (from, to) and which place (area)."""
    columns: tuple[MappedColumn, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether a clerk has to say what kind of sheet it is."""
        return self.kind == ASK

    def headers(self) -> tuple[str, ...]:
        """The headers, folded, by which the same form is known again."""
        return tuple(fold(one.header) for one in self.columns)


class Mapping(_Form):
    """The mapping of a dossier."""

    version: Literal[1, "1"] = 1
    mapped_by: str = ""
    sheets: tuple[MappedSheet, ...]
    own: bool = True
    """Whether it was made for this very dossier: then a sheet whose headers are others was changed since."""

    def entry(self, rows: SheetRows) -> MappedSheet | None:
        """What is said of a sheet: by its own name, or else by another sheet of exactly its headers."""
        for one in self.sheets:
            if (one.file, one.sheet) == (rows.file, rows.sheet) and (
                self.own or not one.columns or _same_form(one, rows)
            ):
                return one
        for one in self.sheets:
            if self.own and one.file == rows.file and not one.sheet and not one.columns:
                return one  # said of the whole file
        for one in self.sheets:
            if one.headers() and one.kind != ASK and _same_form(one, rows):
                return one
        return None


def _same_form(one: MappedSheet, rows: SheetRows) -> bool:
    if len(one.header) != 2:
        return False
    header = header_at(rows.head, one.header[0], one.header[1])
    return header is not None and tuple(fold("／".join(levels)) for levels in header.columns if levels) == one.headers()


def read_mapping(told: Any, file: str, catalogue: Catalogue) -> Mapping:
    """A mapping from what its file holds; InputError with a finding for everything that is wrong, the nearest names with it."""
    try:
        mapping = Mapping.model_validate(told)
    except ValidationError as error:
        raise InputError(*(_form_problem(file, problem) for problem in error.errors())) from None
    wrong = list(_wrong(mapping, file, catalogue))
    if wrong:
        raise InputError(*wrong)
    return mapping


def _wrong(mapping: Mapping, file: str, catalogue: Catalogue) -> Iterator[Diagnostic]:
    meanings = [ASIDE, ASK, *all_meanings(catalogue)]
    columns = {column.key for one in TABLES for column in one.columns}
    for sheet in mapping.sheets:
        at = SourceLocation(file, f"{sheet.file}「{sheet.sheet}」" if sheet.sheet else sheet.file)
        if sheet.kind not in (ASIDE, ASK) and sheet.kind not in catalogue.kinds:
            yield _unknown(at, "kind", sheet.kind, [ASIDE, *catalogue.kinds])
        for column in sheet.columns:
            key = column.means.partition("@")[0]
            if key not in meanings:
                yield _unknown(at, f"{column.column}列 means", column.means, meanings)
        days = {key: text for key, text in sheet.compared.items() if key in ("from", "to") and text}
        for key, text in days.items():
            if parse_day(text) is None:
                yield _unknown(at, f"compared {key}", text, ["2022-10-31"])
        if sheet.compared.get("complete", "") not in ("", "是", "否", "true", "false", "yes", "no"):
            yield _unknown(at, "compared complete", sheet.compared["complete"], ["是", "否"])
        for key in sheet.constants:
            if key not in columns:
                yield _unknown(at, "constants", key, sorted(columns))


def all_meanings(catalogue: Catalogue) -> list[str]:
    """Every name that a column may be given."""
    columns = [column.key for one in TABLES for column in one.columns]
    return [*dict.fromkeys(columns), *catalogue.meanings, "amount"]


def _unknown(at: SourceLocation, where: str, name: str, known: Sequence[str]) -> Diagnostic:
    near = [word for word, *_ in process.extract(name, known, limit=3, score_cutoff=_NEAR)]
    zh = f"{where}「{name}」不是有效的名称" + (f"；最接近的：{'、'.join(near)}" if near else "")
    en = f"{where} “{name}” is no known name" + (f"; nearest: {', '.join(near)}" if near else "")
    remedy = Bilingual("改用有效的名称，不需要的写 aside", "use a known name, or aside for what is not needed")
    return Diagnostic("bad_mapping", at, Bilingual(zh, en), remedy)


def _form_problem(file: str, problem: Any) -> Diagnostic:
    names = [*Mapping.model_fields, *MappedSheet.model_fields, *MappedColumn.model_fields]
    remedy = Bilingual(
        "用 eligibility intake map 重新生成，再作更正", "make it anew with eligibility intake map, then correct it"
    )
    return Diagnostic("bad_mapping", SourceLocation(file), form_problem(problem, names, _NEAR), remedy)


def mapped(rows: SheetRows, mapping: Mapping) -> SheetProposal | None:
    """What the mapping says of a sheet; None where it says nothing, or leaves it open.

    Raises:
        InputError: the headers of the sheet are not those that the mapping names.

    """
    entry = mapping.entry(rows)
    if entry is None or entry.kind == ASK:
        return None
    if entry.kind != ASIDE and not entry.columns:
        return None  # what the program proposes, with what `added` adds to it
    if entry.kind == ASIDE or len(entry.header) != 2:
        zh, en = "对应表中列为不采用", "left aside by the mapping"
        return SheetProposal(rows.file, rows.sheet, ASIDE, sure=True, reason_zh=zh, reason_en=en)
    header = header_at(rows.head, entry.header[0], entry.header[1])
    columns = tuple(_columns(entry, header)) if header else ()
    if header is None or any(one is None for one in columns):
        raise InputError(_differs(rows, entry))
    found = tuple(one for one in columns if one is not None)
    zh, en = "按对应表", "as the mapping says"
    constants = dict(entry.constants)
    return SheetProposal(
        rows.file, rows.sheet, entry.kind, sure=True, header=header, columns=found, reason_zh=zh, reason_en=en,
        constants=constants, unit=entry.unit, compared=_reach(entry, mapping),
    )  # fmt: skip


def _reach(entry: MappedSheet, mapping: Mapping) -> dict[str, str]:
    """How far a list reaches, which was said of that very list: another dossier's list of the same form is another list."""
    return {str(key): value for key, value in entry.compared.items()} if mapping.own else {}


def added(proposal: SheetProposal, rows: SheetRows, mapping: Mapping) -> SheetProposal:
    """A proposal with what the mapping says of the sheet without naming its columns: constants, unit, how far a list reaches.

    Raises:
        InputError: the mapping says another kind than the headers do.

    """
    entry = mapping.entry(rows)
    if entry is None or entry.columns or entry.kind == ASIDE:
        return proposal
    if entry.kind not in (ASK, proposal.kind):
        raise InputError(_differs(rows, entry))
    return replace(
        proposal,
        constants=proposal.constants | entry.constants,
        unit=entry.unit or proposal.unit,
        compared=_reach(entry, mapping),
    )


def _columns(entry: MappedSheet, header: Header) -> Iterator[ColumnMeaning | None]:
    for one in entry.columns:
        index = index_of_letters(one.column)
        if index >= len(header.columns) or fold("／".join(header.columns[index])) != fold(one.header):
            yield None
            continue
        meaning = "" if one.means in (ASIDE, ASK) else one.means
        unit = next((u for level in reversed(header.columns[index]) if (u := without_unit(fold(level)).unit)), "")
        sure = Certainty.LISTED if meaning else Certainty.UNKNOWN
        levels = header.columns[index]
        by_class = "@" in meaning
        yield ColumnMeaning(
            index, levels, meaning, sure, unit=unit,
            subtotal=by_class and is_subtotal(levels), within=within(levels) if by_class else "",
        )  # fmt: skip


def index_of_letters(letters: str) -> int:
    """The index, from 0, of the column with those letters.

    >>> index_of_letters("A"), index_of_letters("AA")
    (0, 26)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + max(0, ord(letter) - ord("A") + 1)
    return max(0, index - 1)


def _differs(rows: SheetRows, entry: MappedSheet) -> Diagnostic:
    shown = "、".join(one.header for one in entry.columns)[:200]
    return Diagnostic(
        "mapping_differs",
        SourceLocation(rows.file, rows.sheet),
        Bilingual(f"表头与对应表所列不同（对应表：{shown}）", f"the headers are not those of the mapping ({shown})"),
        Bilingual(
            "文件已改动：用 eligibility intake map 重新生成对应表",
            "the file was changed: make the mapping anew with eligibility intake map",
        ),
    )
