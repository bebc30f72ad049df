"""`eligibility intake template`: the empty forms of a dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eligibility.cli.screen import Screen
from eligibility.model.extra_columns import extra_columns
from eligibility.reporting.books.template_books import write_template_books
from eligibility.rulebook import load_policy
from eligibility.store.folders import atomic_folder


def write_templates(out: Path, *, lang: str, rules: Path | None = None) -> None:
    """Write one empty workbook a table into `out`, which must be new or empty; with the columns that `rules` adds.

    Raises:
        InputError: `out` holds something, or cannot be written.

    """
    extra = None if rules is None else extra_columns(load_policy(rules, as_of=date.today()))
    with atomic_folder(out) as folder:
        names = write_template_books(folder, lang, extra)
    said = f"{len(names)} workbooks written to {out}" if lang == "en" else f"已在 {out} 写出 {len(names)} 张空白表"
    Screen().print(said)
