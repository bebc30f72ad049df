"""English names that are missing where their neighbours have one: half a translation is read as a whole one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.model.diagnostic import Bilingual
from eligibility.rulebook.draft import Draft, Entry, Section
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.problems import RuleFinding

_REMEDY = Bilingual(
    "补上一行英文，或整份文件都不写英文", "add the English line, or leave English out of the whole kind"
)


def missing_english(draft: Draft) -> Iterator[RuleFinding]:
    """Entries without an English name in a kind of entries where others have one; a rulebook without English is fine."""
    sections: tuple[tuple[Section[Any], str], ...] = (
        (draft.facts, "title_en"),
        (draft.documents, "title_en"),
        (draft.bodies, "title_en"),
        (draft.reasons, "title_en"),
        (draft.instruments, "title_en"),
        (draft.parameters, "title_en"),
        (draft.conditions, "title_en"),
        (draft.clauses, "title_en"),
        (draft.clauses, "text_en"),
        (draft.classes, "title_en"),
        (draft.benefits, "title_en"),
    )
    for section, key in sections:
        yield from _gaps(section, key)


def _gaps(section: Section[Any], key: str) -> Iterator[RuleFinding]:
    without = [entry for entry in section.entries.values() if not getattr(entry.body, key, "")]
    written = {entry.file.path.parent for entry in section.entries.values() if getattr(entry.body, key, "")}
    for entry in without:
        if entry.file.path.parent in written:  # what a rulebook adds to a shared glossary is a kind of its own
            yield from noted(entry, "missing_english", "", _problem(entry, key), _REMEDY)


def _problem(entry: Entry[Any], key: str) -> Bilingual:
    return Bilingual(
        f"“{entry.id}”缺英文（{key}），同类的其他各项都有", f"“{entry.id}” has no {key}, unlike others of its kind"
    )
