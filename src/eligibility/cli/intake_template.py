"""`eligibility intake template`: the empty forms of a dossier."""

from __future__ import annotations

from pathlib import Path

from eligibility.application.folder import whole_folder
from eligibility.cli.screen import Screen
from eligibility.reporting.books.template_books import write_template_books


def write_templates(out: Path, *, lang: str) -> None:
    """Write one empty workbook a table into `out`, which must be new or empty.

    Raises:
        Unusable: `out` holds something, or cannot be written.

    """
    with whole_folder(out) as folder:
        names = write_template_books(folder, lang)
    said = f"{len(names)} workbooks written to {out}" if lang == "en" else f"已在 {out} 写出 {len(names)} 张空白表"
    Screen().print(said)
