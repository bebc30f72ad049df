"""Items of evidence from `evidence.toml`: weight, title, meaning, and the source of the weight."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from eligibility.model.diagnostic import Bilingual


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence for (weight above 0) or against a pair of agreement and approval."""

    name: str
    weight: int
    title: Bilingual
    meaning: Bilingual
    source: Bilingual


_RAW = files("eligibility.reconcile").joinpath("evidence.toml").read_bytes()
_DATA = tomllib.loads(_RAW.decode("utf-8"))

VERSION: int = _DATA["version"]
"""Version of the weights; it changes whenever one of them does."""

SHA256 = hashlib.sha256(_RAW).hexdigest()
"""Hash of the whole file, for the manifest of a run."""

ITEMS = {
    name: Item(
        name, data["weight"], *(Bilingual(data[part], data[f"{part}_en"]) for part in ("title", "meaning", "source"))
    )
    for name, data in _DATA["items"].items()
}
"""Name → item, in the order of the file."""


def page() -> str:
    """Return the page `docs/evidence.md`: every item with its weight, its meaning and the source of the weight."""
    rows = [
        f"| `{item.name}` | {item.weight:+d} | {item.title.zh}<br>{item.title.en} | {item.meaning.zh}<br>{item.meaning.en} |"
        f" {item.source.zh}<br>{item.source.en} |"
        for item in ITEMS.values()
    ]
    intro = "\n\n".join(Bilingual(_DATA["about"], _DATA["about_en"]))
    return f"{_HEAD}\n\n{intro}\n\n{_TABLE}\n" + "\n".join(rows) + "\n"


_HEAD = (
    f"# 证据与权重（第 {VERSION} 版）· Evidence and its weights, version {VERSION}\n\n"
    "<!-- written from src/eligibility/reconcile/evidence.toml by `eligibility reconcile evidence`; do not edit -->"
)
_TABLE = "| 代码 id | 权重 weight | 名称 title | 含义 meaning | 权重由来 source |\n|---|---:|---|---|---|"
