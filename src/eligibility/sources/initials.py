"""The first letters of Chinese words, by which field codes are made: 承包方编码 → CBFBM.

The characters of the first level of GB 2312 stand in the order of their pronunciation, so the code of a character tells its
letter. A character of the second level has none here.
"""

from __future__ import annotations

import bisect
from functools import lru_cache

_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"), (0xB9FE, "h"),
    (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"),
    (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_CODES = [code for code, _ in _STARTS]
_LAST = 0xD7F9
_SECOND_LEVEL = {"亩": "m", "圻": "q"}


def initial(character: str) -> str:
    """The letter of one character; the character itself where it is a letter or digit, "" where it has none.

    >>> "".join(map(initial, "承包方编码")), initial("a"), initial("（")
    ('cbfbm', 'a', '')
    """
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if character in _SECOND_LEVEL:
        return _SECOND_LEVEL[character]
    try:
        high, low = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return ""
    code = (high << 8) | low
    return _STARTS[bisect.bisect_right(_CODES, code) - 1][1] if _CODES[0] <= code <= _LAST else ""


@lru_cache(maxsize=20_000)
def initials(word: str) -> str:
    """The letters of a word.

    >>> initials("成员证件号码")
    'cyzjhm'
    """
    return "".join(map(initial, word))
