"""Where printed files go, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.reporting.printed.letters import Sender
from eligibility.store.folders import MARK, atomic_folder, safe_name

_DRAFT = "草稿 未经审签"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office that sends papers, their day, and whether cases that are not signed through are printed too, marked on each page."""

    office: str
    day: date
    draft: bool = False
    fonts: tuple[Path, ...] = ()
    """Further folders of fonts."""

    @property
    def sender(self) -> Sender:
        """As it stands on the papers."""
        return Sender(self.office, self.day, _DRAFT if self.draft else "")


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: persons and files, who was left out because his case is not signed through, and missing glyphs."""

    persons: int
    files: int
    left_out: int = 0
    missing: tuple[str, ...] = ()
    """Characters of names that no font has, so that they stand as empty boxes."""
    period: tuple[date, date] | None = None
    """First and last day of publication, where the rulebook sets its length."""


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that appears whole at `out`; unlike a run, never in the place of a run.

    Raises:
        InputError: `out` holds something, or cannot be written.

    """
    if (out / MARK).exists():
        problem = Bilingual("是一次审核的结果目录，不能覆盖", "is the folder of a run and must not be replaced")
        remedy = Bilingual("请用 --out 指定一个新目录", "name a new folder with --out")
        raise InputError(Diagnostic("out_in_use", SourceLocation(str(out)), problem, remedy))
    with atomic_folder(out) as folder:
        yield folder


def place(folder: Path, street: str, community: str, name: str) -> Path:
    """A path in `folder` by street and community ("": none), every part safe as a name; its folder is made.

    Two names that differ only in what a file name cannot hold get numbers.
    """
    within = folder.joinpath(*(safe_name(part) for part in (street, community) if part))
    within.mkdir(parents=True, exist_ok=True)
    path, copy = within / safe_name(name), 1
    while path.exists():
        copy += 1
        path = within / f"{Path(safe_name(name)).stem} ({copy}){Path(name).suffix}"
    return path
