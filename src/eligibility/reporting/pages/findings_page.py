"""The catalogue of findings on papers as a page and on a terminal, from the words that the rooms keep.

A room adds its codes by putting a `findings.toml` (model.catalogue) beside its modules; nothing else is to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from eligibility.model.catalogue import Catalogue, Entry, parse_catalogue
from eligibility.model.diagnostic import Bilingual
from eligibility.reconcile.findings.kinds import KINDS

_PACKAGE = Path(__file__).parents[2]
_INFORMS = Bilingual("只作提示，不改变任何人的判定", "informs only; it decides nobody")
_LABELS = {
    "example": Bilingual("例", "Example"),
    "effect": Bilingual("后果", "Effect"),
    "remedy": Bilingual("办法", "Remedy"),
}


def catalogues() -> tuple[Catalogue, ...]:
    """Every catalogue of the program, in the order of the page."""
    found = [parse_catalogue(path.read_text(encoding="utf-8")) for path in sorted(_PACKAGE.rglob("findings.toml"))]
    return tuple(sorted([*found, _reconciled()], key=lambda one: one.order))


@cache
def finding_meanings() -> dict[str, Bilingual]:
    """What each code of the catalogue means, in a few words."""
    return {entry.code: entry.meaning for one in catalogues() for entry in one.entries}


def findings_tables() -> str:
    """The catalogues as Markdown tables, in both languages."""
    return "\n".join(line for one in catalogues() for line in _part(one))


def entry_text(entry: Entry, lang: str) -> str:
    """One code as it is told on a terminal."""
    label = ((_LABELS[part].in_language(lang), getattr(entry, part).in_language(lang)) for part in _LABELS)
    colon = ": " if lang == "en" else "："
    return "\n".join(
        [f"[{entry.code}] {entry.meaning.in_language(lang)}", *(f"  {name}{colon}{told}" for name, told in label)]
    )


def _reconciled() -> Catalogue:
    """The findings between approvals and agreements (findings.csv), whose words reconciliation keeps."""
    entries = tuple(Entry(one.code, one.meaning, one.problem, _INFORMS, one.remedy, ()) for one in KINDS.values())
    return Catalogue(Bilingual("批文与协议（findings.csv）", "Approvals and agreements (findings.csv)"), 20, entries)


def _part(catalogue: Catalogue) -> Iterator[str]:
    yield f"## {catalogue.title.zh} / {catalogue.title.en}\n"
    for lang, head in (
        ("zh", "| 代码 | 意思 | 例 | 后果 | 办法 |"),
        ("en", "| Code | Meaning | Example | Effect | Remedy |"),
    ):
        yield f"{head}\n|---|---|---|---|---|"
        for entry in catalogue.entries:
            cells = (entry.meaning, entry.example, entry.effect, entry.remedy)
            yield f"| `{entry.code}` | " + " | ".join(_cell(told.in_language(lang)) for told in cells) + " |"
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
