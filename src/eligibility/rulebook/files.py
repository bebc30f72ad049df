"""Which files a rulebook consists of. Opens none of them."""

from __future__ import annotations

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
