"""Files that look like rules and are not read: a rule left out in silence is the worst typing error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from eligibility.model.diagnostic import Bilingual
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.files import FOLDERS, OWN, REGIMES, SHARED
from eligibility.rulebook.problems import RuleFinding, Spot, finding

_SUFFIXES = (".yaml", ".yml")


def files_not_read(draft: Draft) -> Iterator[RuleFinding]:
    """YAML files in the rulebook's folder that nothing reads: another suffix, another folder, another name."""
    read = {draft.folder / f"{name}.yaml" for name in (*SHARED, *OWN, "rulebook")}
    read |= {path for name in FOLDERS for path in (draft.folder / name).glob("*.yaml")}
    yield from _not_read(draft.folder.rglob("*"), read)


def stray_shared_files(rules_dir: Path) -> Iterator[RuleFinding]:
    """The same, for the files that stand beside the rulebooks."""
    read = {rules_dir / f"{name}.yaml" for name in SHARED} | {rules_dir / REGIMES}
    yield from _not_read(rules_dir.iterdir(), read)


def _not_read(paths: Iterable[Path], read: set[Path]) -> Iterator[RuleFinding]:
    for path in sorted(paths):
        if path.suffix.lower() in _SUFFIXES and path not in read and not path.is_dir():
            problem = Bilingual("这个文件不会被读入", "this file is not read")
            remedy = Bilingual(
                "条款放 clauses/，参数放 parameters/，补助放 benefits/，后缀用 .yaml；不要的请移走",
                "clauses go to clauses/, parameters to parameters/, benefits to benefits/, all as .yaml; move away what is not wanted",
            )
            yield finding("file_not_read", Spot(path.as_posix(), row=1), problem, remedy)
