"""A clause without a specification, and a specification of no clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from eligibility.model.diagnostic import Bilingual
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.problems import Level, RuleFinding, Spot, nearest, suggestion, unknown_name, warning
from eligibility.rulebook.yaml_file import read_yaml

_LARGEST = 1_000_000
_OTHER_TAGS = frozenset({"problem_case"})
_WRITE = Bilingual(
    "仿照其他条款写一个同名的 .feature 文件，须含边界与“不详”",
    "write a feature file of that name, with the boundary and the unknown in its examples",
)


def clauses_and_features(draft: Draft) -> Iterator[RuleFinding]:
    """Each clause has `features/REGIME/CLAUSE.feature` beside the rules folder, and each feature names clauses."""
    root = draft.root if draft.root.name not in ("", "..") else draft.root.resolve()
    folder = root.parent / "features" / draft.folder.name
    if not folder.is_dir():
        if draft.rulebook is not None:
            problem = Bilingual("这套规则没有规格文件夹", "this rulebook has no folder of features")
            remedy = Bilingual(f"建立 features/{folder.name}/，每个条款一个 .feature", f"make features/{folder.name}/")
            yield warning("no_features", draft.rulebook.at("id"), problem, remedy)
        return
    for entry in draft.clauses.entries.values():
        if not (folder / f"{entry.id}.feature").is_file():
            problem = Bilingual(f"条款“{entry.id}”没有规格文件", f"clause “{entry.id}” has no feature")
            yield from noted(entry, "no_feature", "id", problem, _WRITE)
    yield from _standing_person(draft, folder / "其余条件.yaml")
    for path in sorted(folder.rglob("*.feature")):
        yield from _feature(path, folder, draft.clauses.ids | draft.benefits.ids | draft.classes.ids)


def _standing_person(draft: Draft, path: Path) -> Iterator[RuleFinding]:
    """Lines of the person of whom everything is met that name no fact: every scenario would stop at them."""
    if not path.is_file() or not draft.facts.readable:
        return
    file, wrong = read_yaml(path)
    yield from (item for item in wrong if isinstance(item, RuleFinding))
    names = {word for entry in draft.facts.entries.values() for word in (entry.id, entry.body.title)} | draft.facts.ids
    for key in file.content if isinstance(file.content, dict) else ():
        if key not in names:
            yield unknown_name(Bilingual("事实", "fact"), str(key), names, file.at(key))


def _feature(path: Path, folder: Path, clauses: frozenset[str]) -> Iterator[RuleFinding]:
    own = path.parent == folder
    tags = [(row, col, tag) for row, line in _lines(path) for col, tag in _tags(line)]
    near = nearest(path.stem, clauses) or ""
    if own and path.stem not in clauses:
        problem = Bilingual(f"没有名为“{path.stem}”的条款", f"there is no clause named “{path.stem}”")
        remedy = Bilingual(
            f"改名为“{near}.feature”？" if near else "按条款代码命名，或移入子文件夹",
            f"rename it “{near}.feature”?" if near else "name it after its clause, or move it to a subfolder",
        )
        place = Spot(path.as_posix(), row=1)
        yield RuleFinding("feature_without_clause", place, problem, remedy, Level.WARNING, near)
    elif not tags:
        problem = Bilingual("规格文件没有写明属于哪个条款", "the feature does not say of which clause it is")
        remedy = Bilingual("在“功能”上一行写 @条款代码", "write @CLAUSE above the feature")
        yield warning("feature_without_clause", Spot(path.as_posix(), row=1), problem, remedy)
    for row, col, tag in tags:
        if tag not in clauses and tag not in _OTHER_TAGS:
            problem = Bilingual(f"标签“@{tag}”不是条款", f"tag @{tag} is no clause")
            near = nearest(tag, clauses) or ""
            place = Spot(path.as_posix(), row=row, col=col)
            yield RuleFinding("unknown_tag", place, problem, suggestion(tag, clauses), Level.WARNING, near)


def _lines(path: Path) -> list[tuple[int, str]]:
    if path.stat().st_size > _LARGEST:
        return []
    return list(enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1))


def _tags(line: str) -> list[tuple[int, str]]:
    if not line.strip().startswith("@"):
        return []
    return [(match.start() + 1, match[1]) for match in re.finditer(r"@(\S+)", line)]
