"""Options that several commands have, declared once, and the language they speak."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Run = Annotated[Path, typer.Option("--run", help="结果目录 / folder of a finished run")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
Out = Annotated[Path, typer.Option("--out", help="写入的新目录 / folder to write")]
Office = Annotated[str, typer.Option("--office", help="落款单位 / office that signs", envvar="ELIGIBILITY_OFFICE")]
Day = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="落款日期，默认今天 / day, default today")
]
Fonts = Annotated[
    list[Path] | None,
    typer.Option("--fonts", help="另加的字体目录，可多次 / further folder of fonts", exists=True, file_okay=False),
]


def lang() -> str:
    """The language of this command, zh or en: that of `--lang`, else of the environment."""
    return os.environ.get("ELIGIBILITY_LANG", "zh")
