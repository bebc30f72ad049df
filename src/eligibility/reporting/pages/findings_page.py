"""docs/findings.md: every code that the program can emit, from the catalogues that the rooms keep.

A room adds its codes by putting a `findings.toml` (domain.catalogue) beside its modules; nothing else is to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eligibility.domain.catalogue import Catalogue, Entry, parse_catalogue
from eligibility.domain.finding import Text

_PACKAGE = Path(__file__).parents[2]
_HEAD = """\
# 问题目录 / Catalogue of findings

由 `eligibility intake codes --page > docs/findings.md` 生成，文字来自各部分的 `findings.toml`。
Made by that command from the `findings.toml` of each part of the program; do not edit it here.

`kept = yes`：该行保留；`no`：该行隔离。退出码：数据里的问题为0，拒收为2。
A finding on a row that stays has `kept = yes`; on a row set aside, `no`. Findings in the data exit with 0, refusals with 2.
"""
_LABELS = {"example": Text("例", "Example"), "effect": Text("后果", "Effect"), "remedy": Text("办法", "Remedy")}


def catalogues() -> tuple[Catalogue, ...]:
    """Every catalogue of the program, in the order of the page."""
    found = [parse_catalogue(path.read_text(encoding="utf-8")) for path in sorted(_PACKAGE.rglob("findings.toml"))]
    return tuple(sorted(found, key=lambda one: one.order))


def findings_page() -> str:
    """The page, as Markdown, in both languages."""
    return "\n".join([_HEAD, *(line for one in catalogues() for line in _part(one))])


def entry_text(entry: Entry, lang: str) -> str:
    """One code as it is told on a terminal."""
    label = ((_LABELS[part].say(lang), getattr(entry, part).say(lang)) for part in _LABELS)
    colon = ": " if lang == "en" else "："
    return "\n".join([f"[{entry.code}] {entry.meaning.say(lang)}", *(f"  {name}{colon}{told}" for name, told in label)])


def _part(catalogue: Catalogue) -> Iterator[str]:
    yield f"## {catalogue.title.zh} / {catalogue.title.en}\n"
    for lang, head in (
        ("zh", "| 代码 | 意思 | 例 | 后果 | 办法 |"),
        ("en", "| Code | Meaning | Example | Effect | Remedy |"),
    ):
        yield f"{head}\n|---|---|---|---|---|"
        for entry in catalogue.entries:
            cells = (entry.meaning, entry.example, entry.effect, entry.remedy)
            yield f"| `{entry.code}` | " + " | ".join(_cell(told.say(lang)) for told in cells) + " |"
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
