"""Which files a rulebook consists of, and the fingerprint of all that they say. Opens no YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

SHARED = ("facts", "gazetteer", "instruments", "documents", "bodies", "reasons")
"""Glossaries that stand once for all regimes, beside their folders; a regime may have its own instead."""

OWN = ("conditions", "open_reasons", "stages")
FOLDERS = ("parameters", "clauses")
"""Folders of a rulebook in which each file is one thing."""

REGIMES = "regimes.yaml"


def named_folder(folder: Path) -> Path:
    """The folder under a path that ends in its name."""
    return folder if folder.name not in ("", "..") else folder.resolve()


def glossary_path(folder: Path, name: str) -> Path:
    """Where the rulebook's glossary of that name stands."""
    own = folder / f"{name}.yaml"
    return own if name in OWN or own.exists() else folder.parent / f"{name}.yaml"


def inside(path: Path, within: Path) -> bool:
    """Whether `path`, its links followed, stands in the folder `within`."""
    try:
        return path.resolve().is_relative_to(within.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False


def rulebook_fingerprint(folder: Path) -> str:
    """A digest of the name of the rulebook's folder, and the name and bytes of every file it may be read from.

    Empty where some file cannot be read, is no ordinary file or leads outside the rules: such a rulebook must be read
    to be told what is wrong with it.
    """
    folder = named_folder(folder)
    shared = [path for name in SHARED if (path := glossary_path(folder, name)).parent != folder and path.exists()]
    digested = sorted(folder.rglob("*.yaml"))
    read = sorted(path for name in FOLDERS for path in (folder / name).glob("*.yaml"))
    return _fingerprint(f"rulebook {folder.name}", folder.parent, (shared, digested, read))


def regimes_fingerprint(rules_dir: Path) -> str:
    """A digest of the files that tell which rulebook applies where and when; empty where one cannot be read."""
    results = [path for name in (REGIMES, "instruments.yaml") if (path := rules_dir / name).exists()]
    return _fingerprint("regimes", rules_dir, (results,))


def _fingerprint(what: str, root: Path, lists: Iterable[list[Path]]) -> str:
    digest = hashlib.sha256(what.encode())
    known: dict[Path, bytes] = {}
    real = root.resolve()
    for paths in lists:
        digest.update(f"\0{len(paths)}".encode())
        for path in paths:
            if path not in known:
                if not path.is_file() or not inside(path, real):
                    return ""
                try:
                    known[path] = hashlib.sha256(path.read_bytes()).digest()
                except OSError:
                    return ""
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + known[path])
    return digest.hexdigest()
