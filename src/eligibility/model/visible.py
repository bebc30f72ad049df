"""Characters that do something instead of being seen, as characters that are seen."""

from __future__ import annotations

import re

_ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters but for line feed and tab, those that turn the direction of writing, lone surrogates, and no characters."""
_DELETE = 0x7F


def visible(text: str) -> str:
    r"""A text that a terminal, a workbook or a page shows and does not obey.

    >>> visible("乌龙\x1b[31m街道\x07"), visible("王\u202e社\ufffe"), visible("一\n二\t三")
    ('乌龙␛[31m街道␇', '王�社�', '一\n二\t三')
    """
    return _ACTS.sub(_picture, text) if _ACTS.search(text) else text


def _picture(character: re.Match[str]) -> str:
    number = ord(character[0])
    if number < ord(" "):
        return chr(0x2400 + number)
    return "␡" if number == _DELETE else "�"


def escaped(json: str) -> str:
    r"""A JSON text in which the same characters are written as escapes, so that it says the same and does nothing.

    >>> escaped('{"name": "王\x9b社"}')
    '{"name": "王\\u009b社"}'
    """
    return _ACTS.sub(lambda character: f"\\u{ord(character[0]):04x}", json)
