"""`manifest.json`: what went in, under which rules, what came out; enough to repeat the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KEYS = (
    *(
        "program_version",
        "as_of",
        "rulebook",
        "evidence",
        "id",
        "version",
        "table",
        "file",
        "sheet",
        "sha256",
        "inputs",
        "rows",
    ),
    *("in", "kept", "quarantined", "outcomes", "findings", "second_evaluator", "agree", "of", "seconds"),
)
"""Order of the known keys, at every depth; keys not listed follow by name."""


def write_manifest(out: Path, manifest: Mapping[str, Any]) -> Path:
    """Write `manifest.json` into `out` (UTF-8, stable key order) and return its path."""
    path = out / "manifest.json"
    path.write_text(json.dumps(_ordered(manifest), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=_rank)}
    return [_ordered(item) for item in value] if isinstance(value, (list, tuple)) else value


def _rank(key: str) -> tuple[int, str]:
    return (KEYS.index(key) if key in KEYS else len(KEYS), key)
