"""SVG to PNG through typst, with the fonts of the program: no system library, no font of the machine."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import typst

from eligibility.reporting.fonts import font_folder

PIXELS_AN_INCH = 144.0
"""Two pixels for each unit of the drawing, fewer for one so tall that it would pass `TALLEST`."""

TALLEST = 16_000
"""Pixels."""


def svg_to_png(svg: str) -> bytes:
    """The drawing as PNG; its width and height stand in the SVG in units of 1/72 inch."""
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    if size is None:
        raise ValueError("the SVG says no width and height")
    page = (
        f'#set page(width: {size[1]}pt, height: {size[2]}pt, margin: 0pt)\n#image("drawing.svg", width: {size[1]}pt)\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "drawing.svg").write_text(svg, encoding="utf-8")
        Path(folder, "page.typ").write_text(page, encoding="utf-8")
        done = typst.compile(
            str(Path(folder, "page.typ")), root=folder, format="png", ppi=min(PIXELS_AN_INCH, 72.0 * TALLEST / int(size[2])), font_paths=[str(font_folder())],
            ignore_system_fonts=True,
        )  # fmt: skip
    assert isinstance(done, bytes)
    return done
