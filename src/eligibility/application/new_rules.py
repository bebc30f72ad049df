"""A new rulebook in a folder of rules and features, and names changed everywhere; each file is written whole."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from eligibility.application.shipped import rules_folder
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook.authoring import Change, like_sister, new_rulebook, renamed
from eligibility.rulebook.filling import TO_BE_FILLED
from eligibility.rulebook.lint import check_rules
from eligibility.rulebook.problems import Level
from eligibility.specification.run import Result, features_of, run_specification
from eligibility.store.folders import atomic_file

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def write_new_rulebook(name: str, sister: str, place: Path, today: date) -> Path:
    """Write rulebook `name` into `place/rules` and its features into `place/features`; return the rulebook's folder.

    `sister`: a rulebook of that folder, one that comes along, or a path; "": the least that checks and holds. The
    glossaries that rulebooks share are copied where the folder has none; where it says which rulebook applies, the new
    one is added there, to be filled in.

    Raises:
        InputError: no good name, the rulebook exists, or the sister does not.

    """
    folder = place / "rules" / name
    _check_name(name, folder)
    if sister:
        rules = _sister(sister, place / "rules")
        files = like_sister(rules, rules.parent.parent / "features" / rules.name, name)
    else:
        files = new_rulebook(name, today)
    _write(place, files)
    for shared in sorted(rules_folder().glob("*.yaml")):
        if shared.name != "regimes.yaml" and not (place / "rules" / shared.name).exists():
            shutil.copyfile(shared, place / "rules" / shared.name)
    _add_regime(place / "rules" / "regimes.yaml", name)
    return folder


def _check_name(name: str, folder: Path) -> None:
    wrong = None
    if not _NAME.fullmatch(name):
        wrong = Bilingual(
            "规则代码只用小写字母、数字和连字符，如 qinghe-2018", "an id has small letters, digits and hyphens only"
        )
    elif folder.exists():
        wrong = Bilingual("这套规则已存在，不会覆盖", "this rulebook exists and is not overwritten")
    if wrong is not None:
        remedy = Bilingual("换一个代码", "choose another id")
        raise InputError(Diagnostic("out_in_use", SourceLocation(folder.as_posix()), wrong, remedy))


def _sister(sister: str, rules: Path) -> Path:
    for folder in (rules / sister, rules_folder() / sister, Path(sister)):
        if (folder / "rulebook.yaml").is_file():
            return folder.resolve() if folder.name in ("", "..") else folder
    known = sorted({path.parent.name for home in (rules, rules_folder()) for path in home.glob("*/rulebook.yaml")})
    problem = Bilingual(f"没有这套规则；有：{'、'.join(known)}", f"no such rulebook; there are: {', '.join(known)}")
    remedy = Bilingual("给出其中一个代码，或规则目录", "give one of these ids, or a folder")
    raise InputError(Diagnostic("rulebook_missing", SourceLocation(sister), problem, remedy))


def _write(place: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path) as partial:
            partial.write_text(text, encoding="utf-8")


def _add_regime(path: Path, name: str) -> None:
    """Add the rulebook at the end of the file, which ends with the list of regimes."""
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8").rstrip("\n")
    entry = (
        f"\n  - rulebook: {name}\n    title: {TO_BE_FILLED}\n    places: [{TO_BE_FILLED}]\n    citation:\n"
        f"      instrument: {name}\n      article: {TO_BE_FILLED}\n      quote: {TO_BE_FILLED}\n      status: assumed\n"
    )
    with atomic_file(path) as partial:
        partial.write_text(text + entry, encoding="utf-8")


def rename_everywhere(  # noqa: PLR0913 - where the name may stand
    rules: Path, features: Path, cases: Sequence[Path], old: str, new: str, *, kind: str = ""
) -> tuple[Change, ...]:
    """Change a name in a rulebook, its features and cases; return the files that were changed.

    The change is tried on a copy first: where the copy has an error, or a scenario that held holds no more, nothing is
    written. Raises `InputError` as `renamed` does, and where the copy does not stand as before.
    """
    rules = rules.resolve()
    own = features_of(rules, features) if features.is_dir() else features
    changes = renamed(rules, own, cases, old, new, kind)
    _try(rules, own, changes, old, new)
    for change in changes:
        with atomic_file(change.after) as partial:
            partial.write_text(change.text, encoding="utf-8")
        if change.before != change.after:
            change.before.unlink()
    return changes


def _try(rules: Path, features: Path, changes: Sequence[Change], old: str, new: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copies = {rules: Path(folder) / "rules" / rules.name, features: Path(folder) / "features" / rules.name}
        shutil.copytree(rules, copies[rules])
        for shared in rules.parent.glob("*.yaml"):
            shutil.copyfile(shared, Path(folder) / "rules" / shared.name)
        if features.is_dir():
            shutil.copytree(features, copies[features])
        before = _standing(copies[rules], copies[features])
        for change in changes:
            for home, copy in copies.items():
                if change.before.is_relative_to(home):
                    (copy / change.before.relative_to(home)).unlink()
                    (copy / change.after.relative_to(home)).write_text(change.text, encoding="utf-8")
        after = _standing(copies[rules], copies[features])
    if before != after:
        problem = Bilingual(
            f"改名以后检查或场景与原先不同，没有改（{old} → {new}）", f"renaming {old} to {new} would change the rules"
        )
        remedy = Bilingual("先改正规则检查和场景报出的问题，或手工改名", "mend what check and spec tell first")
        raise InputError(Diagnostic("bad_value", SourceLocation(rules.as_posix()), problem, remedy))


def _standing(rules: Path, features: Path) -> tuple[object, ...]:
    """The errors of the check and the results of the scenarios, without names."""
    checked = check_rules(rules, as_of=date.today())
    found = sorted(one.code for one in checked.findings if one.level is Level.ERROR)
    if not features.is_dir() or found:
        return (found,)
    specification = run_specification(rules, features)
    return found, [specification.count(result) for result in Result]
