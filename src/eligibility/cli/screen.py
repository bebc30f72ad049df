"""The terminal: every text is printed as it is, and only our own words bear styles.

Rich reads square brackets in a text as markup; papers and names hold such brackets, and what is forgotten to be escaped
ends in a fault or is not shown. Here no text is markup. A style is put on by `on` and ends with OFF.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from eligibility.model.visible import escaped, visible

_BEGIN, _NAMED, OFF = "\ufdd0", "\ufdd1", "\ufdd2"
"""Around a style: no characters of any text."""
_PARTS = re.compile(f"{_BEGIN}([a-z ]*){_NAMED}|({OFF})")


class Screen(Console):
    """A Rich console without markup, highlighting and emoji, which prints no control character of a text."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False, quiet: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, quiet=quiet, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **how: Any) -> Text:
        """The text with the styles that `on` put on."""
        made = Text(style=how.get("style") or "", justify=how.get("justify"), overflow=how.get("overflow"))
        styles: list[str] = []
        left = 0
        for part in _PARTS.finditer(text):
            made.append(visible(text[left : part.start()]), " ".join(styles) or None)
            styles = styles[:-1] if part[2] else [*styles, part[1]]
            left = part.end()
        made.append(visible(text[left:]), " ".join(styles) or None)
        return made


def on(style: str) -> str:
    """Begins a style, as `bold` or `bold green`; it ends with OFF.

    >>> Screen().render_str(f"{on('bold')}乌龙街道[/]{OFF} [red]").plain
    '乌龙街道[/] [red]'
    """
    return f"{_BEGIN}{style}{_NAMED}"


def print_json(data: Any, indent: int | None = 2) -> None:
    """Print data as JSON on standard output."""
    sys.stdout.write(escaped(json.dumps(data, ensure_ascii=False, indent=indent)) + "\n")


def print_plain(text: str) -> None:
    """Print a text on standard output as it is, with a line feed."""
    sys.stdout.write(visible(text) + "\n")
