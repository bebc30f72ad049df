"""Rulebooks that were read before, kept compiled in the user's cache folder: a small question waits for no reader.

What is kept is found by the bytes of every rule file and of the code that reads them, and the versions of its
libraries; where anything differs the rule files are read. A batch is always decided from the rule files themselves.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import eligibility
from eligibility.application.user_cache import keep, kept, kept_names
from eligibility.domain.policy import Policy
from eligibility.rulebook.files import regimes_fingerprint, rulebook_fingerprint
from eligibility.rulebook.packed import pack, unpack
from eligibility.rulebook.regime import Regime

_READERS = ("domain", "rulebook")
"""Packages of this program on whose code a policy depends."""

_LIBRARIES = ("pydantic", "ruamel", "sqlglot")


def policy_on(folder: Path, as_of: date) -> Policy:
    """The rulebook in `folder` on that day, as `load_policy` gives it.

    Raises:
        Unusable: as `load_policy` does, for each thing wrong in the rule files.

    """
    key = _fingerprint(rulebook_fingerprint(folder))
    for name in kept_names(f"{key}.") if key else ():
        _, first, until = name.split(".")
        if first <= as_of.isoformat() and (not until or as_of.isoformat() < until):
            found = _unpacked(name)
            if isinstance(found, Policy):
                return replace(found, as_of=as_of)
    return read_policy(folder, as_of)


def read_policy(folder: Path, as_of: date) -> Policy:
    """The same, read from the rule files in any case, and kept for the next command.

    Raises:
        Unusable: as `load_policy` does, for each thing wrong in the rule files.

    """
    from eligibility.rulebook import load_with_days

    key = _fingerprint(rulebook_fingerprint(folder))
    policy, first, until = load_with_days(folder, as_of=as_of)
    if key and key == _fingerprint(rulebook_fingerprint(folder)):  # else it was edited meanwhile
        keep(f"{key}.{first}.{until or ''}", pack(policy))
    return policy


def regimes_in(rules_dir: Path) -> tuple[Regime, ...]:
    """Which rulebook applies where and when, as `read_regimes` gives it.

    Raises:
        Unusable: as `read_regimes` does.

    """
    key = _fingerprint(regimes_fingerprint(rules_dir))
    found = _unpacked(key) if key else None
    if isinstance(found, tuple) and all(isinstance(one, Regime) for one in found):
        return found
    from eligibility.rulebook import read_regimes

    regimes = read_regimes(rules_dir)
    if key and key == _fingerprint(regimes_fingerprint(rules_dir)):
        keep(key, pack(regimes))
    return regimes


def _unpacked(name: str) -> object:
    """What is kept under that name; None where that is nothing of use."""
    try:
        return None if (text := kept(name)) is None else unpack(text)
    except ValueError:
        return None


def _fingerprint(files: str) -> str:
    return hashlib.sha256(f"{files} {_program()}".encode()).hexdigest()[:40] if files and _program() else ""


@cache
def _program() -> str:
    """A digest of the code that makes a policy of rule files, and the versions of what it stands on; "": not known."""
    root, libraries = Path(eligibility.__file__).parent, _libraries()
    if not all(any(one.startswith(name) for one in libraries) for name in _LIBRARIES):
        return ""
    digest = hashlib.sha256(" ".join((platform.python_version(), *libraries)).encode())
    for path in sorted(path for package in _READERS for path in (root / package).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Names of the folders that say which version is installed; to read what stands in them takes ten times as long."""
    folders = [folder for folder in map(Path, dict.fromkeys(sys.path)) if folder.is_dir()]
    names = [path.name for folder in folders for path in folder.iterdir() if path.name.endswith("-info")]
    return sorted(name for name in names if name.startswith(_LIBRARIES))
