"""First pass: read the files of a rulebook and check their shapes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.rulebook import schemas
from eligibility.rulebook.benefit_schemas import BenefitShape, ClassShape
from eligibility.rulebook.draft import AnyName, Draft, Entry, Section
from eligibility.rulebook.files import FOLDERS, OWN, SHARED, glossary_paths, rule_files
from eligibility.rulebook.problems import finding
from eligibility.rulebook.schema_errors import worded
from eligibility.rulebook.stage_schemas import StageShape
from eligibility.rulebook.yaml_file import Place, YamlFile, read_yaml

SHAPES: dict[str, Any] = {
    "facts": schemas.FactShape,
    "gazetteer": schemas.PlaceShape,
    "instruments": schemas.InstrumentShape,
    "documents": schemas.Words | schemas.PaperShape,
    "bodies": schemas.Words | schemas.BodyShape,
    "reasons": schemas.ReasonShape,
    "conditions": schemas.ConditionShape,
    "open_reasons": list[schemas.OpenReasonShape],
    "stages": StageShape,
    "classes": ClassShape,
    "parameters": schemas.ParameterShape,
    "clauses": schemas.ClauseShape,
    "benefits": BenefitShape,
}
"""Shape of an entry of each glossary, or of a file in each folder."""

OPTIONAL = ("open_reasons.yaml", "stages.yaml", "classes.yaml")
"""Optional files."""

_Found = tuple[str, Entry[Any] | None, list[Diagnostic]]
"""An id, its entry (None if its body is invalid) and its errors; the id is empty for a whole file."""


def read_files(draft: Draft) -> Draft:
    """Read every file of the rulebook; the draft then has its sections and its digest."""
    for name in (*SHARED, *OWN):
        shared, *own = (_glossary(path, SHAPES[name], draft.root) for path in glossary_paths(draft.folder, name))
        replaced = {ident for items in own for ident, _, _ in items if ident}
        items = [item for item in shared if item[0] not in replaced] + [item for items in own for item in items]
        draft = _with_section(draft, name, items)
    for name in FOLDERS:
        singles = [_single(path, SHAPES[name], draft.root) for path in sorted((draft.folder / name).glob("*.yaml"))]
        draft = _with_section(draft, name, singles)
    _, rulebook, wrong = _single(draft.folder / "rulebook.yaml", schemas.RulebookShape, draft.root)
    return replace(draft.with_findings(wrong), rulebook=rulebook, sha256=_digest(draft))


def _digest(draft: Draft) -> str:
    folder = draft.folder
    digest = hashlib.sha256("".join(f"{k}={v}\n" for k, v in sorted(draft.trying.items())).encode())
    named = {_name(path, folder): path for path in rule_files(folder).values()}
    for name, path in sorted(named.items()):
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _name(path: Path, folder: Path) -> str:
    """The name of a rule file by which it is digested: within the folder, or `../name` beside it."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else f"../{path.name}"


def _with_section(draft: Draft, name: str, items: list[_Found]) -> Draft:
    entries: dict[str, Entry[Any]] = {}
    wrong = [problem for _, _, problems in items for problem in problems]
    for ident, entry, _ in items:
        if entry is not None and ident in entries:
            first = entries[ident].at()
            text = Bilingual(
                f"“{ident}”已在 {first.in_language('zh')} 定义",
                f"“{ident}” is already defined at {first.in_language('en')}",
            )
            remedy = Bilingual("删去其一，或改名", "delete one of them, or rename it")
            wrong.append(finding("duplicate_id", entry.at("id"), text, remedy))
        elif entry is not None:
            entries[ident] = entry
    unread = any(not ident and entry is None and problems for ident, entry, problems in items) and not entries
    ids = AnyName() if unread else frozenset(ident for ident, _, _ in items if ident)
    section: Any = Section(entries, ids)
    return replace(draft.with_findings(wrong), **{name: section})


def _glossary(path: Path, shape: Any, root: Path) -> list[_Found]:
    if path.name in OPTIONAL and not path.exists():
        return []
    file, wrong = read_yaml(path, root)
    if not isinstance(file.content, dict):
        return [("", None, wrong or [_not_a_mapping(file)])]
    return [("", None, wrong), *((ident, *_checked(file, (ident,), ident, shape)) for ident in file.content)]


def _single(path: Path, shape: Any, root: Path) -> _Found:
    file, wrong = read_yaml(path, root)
    if not isinstance(file.content, dict):
        return path.stem, None, wrong or [_not_a_mapping(file)]
    ident = str(file.content.get("id") or path.stem)
    entry, more = _checked(file, (), ident, shape)
    named = path.parent.name if path.name == "rulebook.yaml" else path.stem
    if entry is not None and ident != named:
        problem = Bilingual(
            f"id“{ident}”与文件（夹）名“{named}”不同", f"id “{ident}” and file or folder name “{named}” differ"
        )
        remedy = Bilingual(f"写成 id: {named}，或给文件（夹）改名", f"write id: {named}, or rename the file or folder")
        more = [*more, finding("id_and_name", file.after_key("id"), problem, remedy)]
    return ident, entry, [*wrong, *more]


def _not_a_mapping(file: YamlFile) -> Diagnostic:
    problem = Bilingual("文件应由“键: 值”组成", "the file must be lines of “key: value”")
    return finding(
        "bad_yaml",
        file.at(),
        problem,
        Bilingual("对照 rules/README.md 的样例改写", "see the examples in rules/README.md"),
    )


def _checked(file: YamlFile, place: Place, ident: str, shape: Any) -> tuple[Entry[Any] | None, list[Diagnostic]]:
    content: Any = file.content
    for key in place:
        content = content[key]
    try:
        body = _adapter(shape).validate_python(content)
    except ValidationError as error:
        return None, worded(error, shape, file, place)
    return Entry(ident, body, file, place), []


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
