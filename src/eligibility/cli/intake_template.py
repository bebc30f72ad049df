"""`eligibility intake template`: the empty forms of a dossier."""

from __future__ import annotations

from pathlib import Path

from eligibility.cli.screen import Screen
from eligibility.reporting.books.template_books import write_template_books
from eligibility.store.folders import atomic_folder


def write_templates(out: Path, *, lang: str) -> None:
    """Write one empty workbook a table into `out`, which must be new or empty.

    Raises:
        InputError: `out` holds something, or cannot be written.

    """
    with atomic_folder(out) as folder:
        names = write_template_books(folder, lang)
    said = f"{len(names)} workbooks written to {out}" if lang == "en" else f"已在 {out} 写出 {len(names)} 张空白表"
    Screen().print(said)
