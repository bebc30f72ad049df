"""A name changed wherever a rulebook, its features and cases use it; only names change, never what the law says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook.draft import Draft, Entry, Section
from eligibility.rulebook.problems import suggestion
from eligibility.rulebook.reading import read_files
from eligibility.rulebook.yaml_file import Place, YamlFile, read_yaml

KINDS: Mapping[str, tuple[str, str]] = {
    "fact": ("facts", "事实"),
    "parameter": ("parameters", "参数"),
    "condition": ("conditions", "条件"),
    "clause": ("clauses", "条款"),
    "benefit": ("benefits", "补助"),
}
"""Kind of thing → its section of a rulebook, and its name."""

_QUANTITY = ("fact", "parameter")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_TITLE = re.compile(r"[^\W\d_][\w（）]*")


@dataclass(frozen=True, slots=True)
class Change:
    """One file as it becomes: its path before and after, and its text."""

    before: Path
    after: Path
    text: str


@dataclass(frozen=True, slots=True)
class _Named:
    kind: str
    entry: Entry[Any]
    by_title: bool


def renamed(  # noqa: PLR0913, PLR0917 - where the name may stand
    rules: Path, features: Path, cases: Sequence[Path], old: str, new: str, kind: str = ""
) -> tuple[Change, ...]:
    """The files in which the name `old` (an id or a Chinese title) becomes `new`, as they become.

    Raises `InputError` where nothing or more than one kind of thing bears the name, the new one is taken or is no name,
    or the thing belongs to the glossary that all rulebooks share.
    """
    draft = read_files(Draft(rules, date.today()))
    thing = _thing(draft, old, kind)
    _check_new(draft, thing, new)
    names = _names(draft, thing.kind)
    changes = [change for path in _own_files(rules) if (change := _in_rules(path, rules, thing, names, old, new))]
    texts = [*sorted(features.rglob("*.feature")), *sorted(features.rglob("*.yaml"))] if features.is_dir() else []
    for path in [*texts, *cases]:
        text = path.read_text(encoding="utf-8")
        changed = _in_feature(text, thing.kind, old, new)
        moved = path
        if thing.kind == "clause" and not thing.by_title and path.stem == old and path.suffix == ".feature":
            moved = path.with_name(f"{new}.feature")
        if changed != text or moved != path:
            changes.append(Change(path, moved, changed))
    return tuple(changes)


def _thing(draft: Draft, old: str, kind: str) -> _Named:
    things = [
        _Named(name, entry, old != entry.id)
        for name in KINDS
        if not kind or name == kind
        for entry in _section(draft, name).entries.values()
        if old in (entry.id, entry.body.title)
    ]
    if not things:
        every = [
            word for name in KINDS for e in _section(draft, name).entries.values() for word in (e.id, e.body.title)
        ]
        raise _refused(
            old,
            f"没有名为“{old}”的事实、参数、条件、条款、补助",
            f"nothing bears the name {old}",
            suggestion(old, every),
        )
    if len(things) > 1:
        kinds = "、".join(f"{KINDS[item.kind][1]}（--kind {item.kind}）" for item in things)
        remedy = Bilingual(
            f"用 --kind 写明是哪一种：{kinds}", f"say which by --kind: {', '.join(o.kind for o in things)}"
        )
        raise _refused(old, f"“{old}”有 {len(things)} 个", f"{len(things)} things bear the name {old}", remedy)
    if things[0].entry.file.path.parent == draft.root:
        remedy = Bilingual(
            "在本规则的 facts.yaml 中另写一个事实", "write a fact of your own in the rulebook's facts.yaml"
        )
        raise _refused(old, "这是各套规则共用的，不能只为一套改名", "all rulebooks share it", remedy)
    return things[0]


def _check_new(draft: Draft, thing: _Named, new: str) -> None:
    kinds = _QUANTITY if thing.kind in _QUANTITY else (thing.kind,)
    taken = {word for name in kinds for e in _section(draft, name).entries.values() for word in (e.id, e.body.title)}
    remedy = Bilingual("换一个名称", "choose another name")
    if new in taken:
        raise _refused(new, f"“{new}”已有人用", f"{new} is taken", remedy)
    if not (_TITLE if thing.by_title else _ID).fullmatch(new):
        how = ("名称不能含空格和运算符号", "no blanks or signs") if thing.by_title else (
            "代码只用小写字母、数字和下划线，字母开头", "an id has small letters, digits and underlines"
        )  # fmt: skip
        raise _refused(new, *how, remedy)


def _refused(name: str, zh: str, en: str, remedy: Bilingual) -> InputError:
    return InputError(Diagnostic("unknown_name", SourceLocation(name), Bilingual(zh, en), remedy))


def _section(draft: Draft, kind: str) -> Section[Any]:
    return getattr(draft, KINDS[kind][0])  # type: ignore[no-any-return]


def _names(draft: Draft, kind: str) -> list[str]:
    """Every name that may stand where this one stands, the longest first: a name within a longer one is not it."""
    kinds = _QUANTITY if kind in _QUANTITY else (kind,)
    words = {word for name in kinds for e in _section(draft, name).entries.values() for word in (e.id, e.body.title)}
    return sorted(words, key=len, reverse=True)


def _own_files(rules: Path) -> list[Path]:
    return sorted(path for path in rules.rglob("*.yaml") if path.is_file())


def _in_rules(  # noqa: PLR0913, PLR0917 - a name, its kind and its neighbours
    path: Path, rules: Path, thing: _Named, names: list[str], old: str, new: str
) -> Change | None:
    file, _ = read_yaml(path, rules.parent)
    edits = [
        (start, end, _replaced(file.text[start:end], names, old, new))
        for place, start, end in _values(file)
        if _uses(path.relative_to(rules), place, thing.kind)
    ]
    moved = path
    if path == thing.entry.file.path:
        edits += _own_name(file, thing, new)
        if not thing.by_title and path.stem == old and path.parent != rules:
            moved = path.with_name(f"{new}.yaml")
    text = file.text
    for start, end, word in sorted(edits, reverse=True):
        text = text[:start] + word + text[end:]
    return Change(path, moved, text) if (text, moved) != (file.text, path) else None


def _values(file: YamlFile) -> Iterator[tuple[Place, int, int]]:
    """Every scalar of the file with its place and where it stands in the text."""
    for place, (_, _, start, end) in file.spans.items():
        if place and place[-1] == "":
            yield place[:-1], start, end
        elif (
            place
            and isinstance(place[-1], int)
            and not any(other[: len(place)] == place and len(other) > len(place) for other in file.spans)
        ):
            yield place, start, end


def _uses(path: Path, place: Place, kind: str) -> bool:
    """Whether a value of that file may name a thing of that kind."""
    file, words = path.parts[0], [part for part in place if isinstance(part, str)]
    if kind in _QUANTITY:
        return {
            "conditions.yaml": words[-1:] in (["expression"], ["comparison"], ["while_unset"], ["parameter"]),
            "parameters": words[-1:] == ["by"],
            "facts.yaml": words[-1:] in (["computed"], ["always"]),
            "benefits": words[-1:]
            in (["when"], ["starts"], ["ends"], ["most"], ["value"], ["at_least"], ["at_most"], ["share"]),
            "rulebook.yaml": words[:1] == ["fairness"] and words[-1:] != ["note"],
        }.get(file, False)
    if kind == "condition":
        return {
            "conditions.yaml": words[-1:] == ["where"],
            "clauses": "when" in words,
            "classes.yaml": "when" in words[1:],
            "open_reasons.yaml": "when" in words,
        }.get(file, False)
    if kind == "clause":
        return {"rulebook.yaml": words == ["clauses"], "clauses": words in (["excepts"], ["follows"])}.get(file, False)
    return file == "benefits" and words == ["less"]


def _own_name(file: YamlFile, thing: _Named, new: str) -> list[tuple[int, int, str]]:
    place = thing.entry.place
    if thing.by_title or not place:
        _, _, start, end = file.spans[(*place, "title" if thing.by_title else "id", "")]
        return [(start, end, new)]
    _, _, start, _ = file.spans[place]
    return [(start, start + len(thing.entry.id), new)]


def _replaced(text: str, names: list[str], old: str, new: str) -> str:
    """The text with the name where it stands as a whole name, outside quotation marks of words."""
    known = "|".join(rf"(?<![\w-]){re.escape(n)}(?![\w-])" if n.isascii() else re.escape(n) for n in names)
    return re.sub(rf"'[^']*'|{known}", lambda match: new if match[0] == old else match[0], text)


def _in_feature(text: str, kind: str, old: str, new: str) -> str:
    """A feature or a case with the name changed: keys, whole cells of tables, quoted names, tags."""
    word = re.escape(old)
    text = re.sub(r"(?m)^(\s*\|.*)$", lambda row: re.sub(rf"(?<=\|)(\s*){word}(?=\s*\|)", rf"\g<1>{new}", row[0]), text)
    if kind in _QUANTITY:
        text = re.sub(rf"(?m)^{word}(?=\s*:)", new, text)
        return re.sub(rf'(申请人的|参数)"{word}"', rf'\1"{new}"', text)
    if kind in ("clause", "benefit"):
        text = re.sub(r"(?m)^\s*@.*$", lambda line: re.sub(rf"(?<=@){word}(?!\S)", new, line[0]), text)
    if kind == "clause":
        text = re.sub(r'理由\S*"([^"]*)"', lambda cited: re.sub(rf"(?<=[\"、]){word}(?=[\"、])", new, cited[0]), text)
    noun = {"clause": "条款", "condition": "条件", "benefit": "补助"}[kind]
    return re.sub(rf'{noun}"{word}"', f'{noun}"{new}"', text)
