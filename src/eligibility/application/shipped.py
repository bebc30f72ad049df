"""What comes along with the program: the rulebooks and their features, in a checkout or in an installed wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

_WHEEL = Path(__file__).parents[1] / "shipped"
_CHECKOUT = Path(__file__).parents[3]
DEFAULT = Path("km-reform")
"""The rulebook that decides where none is named."""


def rules_folder() -> Path:
    """The folder of all rulebooks that come along, with the files they share."""
    return _home() / "rules"


def features_folder() -> Path:
    """The folder of all features that come along, one below it for each rulebook."""
    return _home() / "features"


def rulebook_folder(rules: str | Path) -> Path:
    """The folder of a rulebook: a path as it is, or the id of one that comes along.

    Raises:
        InputError: it is neither; those that come along are named.

    """
    path = Path(rules)
    if path.exists() or path.is_absolute() or len(path.parts) != 1:
        return path
    if (found := rules_folder() / path.name).is_dir():
        return found
    raise _unknown(str(rules))


def copy_out(rulebook: str, folder: Path) -> Path:
    """Copy a rulebook that comes along into the new `folder`, with the files that all rulebooks share and its features.

    The rulebook stands in `folder/rules/<id>`, its features in `folder/features/<id>`; the path of the first is returned.

    Raises:
        InputError: no such rulebook comes along, or something stands in the folder already.

    """
    if rulebook not in _shipped():
        raise _unknown(rulebook)
    found = rules_folder() / rulebook
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problem = Bilingual("已存在，不会覆盖", "exists and is not overwritten")
        raise InputError(
            Diagnostic(
                "out_in_use", SourceLocation(str(folder)), problem, Bilingual("请指定一个新目录", "name a new folder")
            )
        )
    shutil.copytree(found, folder / "rules" / found.name)
    for shared in found.parent.glob("*.yaml"):
        shutil.copyfile(shared, folder / "rules" / shared.name)
    if (features := features_folder() / found.name).is_dir():
        shutil.copytree(features, folder / "features" / found.name)
    return folder / "rules" / found.name


def _unknown(rulebook: str) -> InputError:
    known = _shipped()
    problem = Bilingual(
        f"既不是规则目录，也不是自带的规则（{'、'.join(known)}）",
        f"is no folder of rules, nor one that comes along ({', '.join(known)})",
    )
    remedy = Bilingual("给出规则目录，或自带规则的编号", "give a folder, or the id of one that comes along")
    return InputError(Diagnostic("rulebook_missing", SourceLocation(rulebook), problem, remedy))


def _home() -> Path:
    return _WHEEL if _WHEEL.is_dir() else _CHECKOUT


def _shipped() -> list[str]:
    return sorted(one.parent.name for one in rules_folder().glob("*/rulebook.yaml"))
