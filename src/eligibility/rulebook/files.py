"""Which files a rulebook consists of. Opens none of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

SHARED = ("facts", "gazetteer", "instruments", "documents", "bodies", "reasons")
"""Glossaries that stand once for all regimes, beside their folders; a regime may have its own instead."""

ADDED = ("facts", "instruments", "documents", "bodies")
"""Of these its own adds to the shared one, and replaces what has the same id there."""

OWN = ("conditions", "open_reasons", "stages", "classes")
FOLDERS = ("parameters", "clauses", "benefits")
"""Folders of a rulebook in which each file is one thing."""

REGIMES = "regimes.yaml"


def named_folder(folder: Path) -> Path:
    """The folder under a path that ends in its name."""
    return folder if folder.name not in ("", "..") else folder.resolve()


def glossary_path(folder: Path, name: str) -> Path:
    """Where the rulebook's glossary of that name stands."""
    own = folder / f"{name}.yaml"
    return own if name in OWN or own.exists() else folder.parent / f"{name}.yaml"


def glossary_paths(folder: Path, name: str) -> tuple[Path, ...]:
    """The files that make up the rulebook's glossary of that name; what a later one says goes before."""
    path, shared = glossary_path(folder, name), folder.parent / f"{name}.yaml"
    return (shared, path) if name in ADDED and path != shared and shared.exists() else (path,)


def inside(path: Path, within: Path) -> bool:
    """Whether `path`, its links followed, stands in the folder `within`."""
    try:
        return path.resolve().is_relative_to(within.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False


def rule_files(folder: Path) -> dict[str, Path]:
    """Every file that the rulebook in `folder` is read from, by its name within the rules: nothing else that stands there.

    What is no ordinary file, or leads outside the rules, is none; reading the rulebook tells of it.
    """
    folder = named_folder(folder)
    paths = [folder / "rulebook.yaml", *(path for name in (*SHARED, *OWN) for path in glossary_paths(folder, name))]
    paths += [path for name in FOLDERS for path in (folder / name).glob("*.yaml")]
    files = {path.relative_to(folder.parent).as_posix(): path for path in paths if ordinary(path, folder.parent)}
    return dict(sorted(files.items()))


def regime_files(rules_dir: Path) -> dict[str, Path]:
    """The files that tell which rulebook applies where and when, and the papers that they cite, by name."""
    own = (f"{path.parent.name}/{path.name}" for path in sorted(rules_dir.glob("*/instruments.yaml")))
    names = (REGIMES, "instruments.yaml", *own)
    return {name: path for name in names if ordinary(path := rules_dir / name, rules_dir)}


def ordinary(path: Path, within: Path) -> bool:
    """Whether `path` is an ordinary file that, its links followed, stands in the folder `within`."""
    try:
        return inside(path, within) and path.is_file()
    except OSError:
        return False


def rulebook_fingerprint(folder: Path) -> str:
    """A digest of the name of the rulebook's folder, and the name and bytes of every file it may be read from.

    Empty where some file cannot be read, is no ordinary file or leads outside the rules: such a rulebook must be read
    to be told what is wrong with it.
    """
    folder = named_folder(folder)
    single = [folder / "rulebook.yaml", *(path for name in (*SHARED, *OWN) for path in glossary_paths(folder, name))]
    read = sorted(path for name in FOLDERS for path in (folder / name).glob("*.yaml"))
    return _fingerprint(f"rulebook {folder.name}", folder.parent, ([path for path in single if path.exists()], read))


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
