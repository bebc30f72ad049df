"""Pages of the documentation that are written from the program: `python -m bench.reference` writes all of `docs/reference`.

Each page is a function without arguments that gives the same text for the same program. Words that the program does not
say itself stand in `words.toml`. `docs/findings.md` and `docs/evidence.md` are made by commands of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"
NAMES = ("commands", "decisions", "files", "library", "packages", "rule-files", "tables")
"""The pages: file names in `docs/reference`, without the ending."""


def made(name: str) -> str:
    """The text of one page of NAMES, as the program is now."""
    page: Callable[[], str] = import_module(f"bench.reference.{name.replace('-', '_')}").page
    return page()


def write(names: Iterable[str] = NAMES) -> None:
    """Write pages of NAMES into the documentation."""
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        (FOLDER / f"{name}.md").write_text(made(name), encoding="utf-8")


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """What is said of tables and files, by name."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def head(title: str, name: str, said: str) -> str:
    """The beginning of a page: title, by which command it is written, what it is."""
    return f"# {title}\n\n由 `python -m bench.reference {name}` 生成，请勿手改。Made by that command; do not edit it here.\n\n{said}"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    columns = list(header)
    lines = [columns, ["---"] * len(columns), *(map(_cell, row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
