"""The name under which somebody acts: written plainly, and one person however it is written."""

from __future__ import annotations

import unicodedata

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

_SIGNS = "·•‧・.'’-()"
"""What stands in names beside letters and digits."""
_REPEATED = "々〻"
_UNSEEN = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))
)
"""Characters without a shape of their own that are no format characters: fillers and selectors of variants."""
_TAGS = range(0xE0000, 0xE1000)
_RARE = range(0x20000, 0x40000)
"""Planes of rare Chinese characters, of which new ones are assigned every few years."""


def plain_name(name: str, option: str) -> str:
    """A name without the differences of width, blanks and unseen characters that a keyboard or a document makes.

    Raises:
        InputError: it is blank, or holds what no name holds (brackets, signs of markup, control characters).

    """
    seen = "".join(one for one in unicodedata.normalize("NFKC", name) if one.isspace() or not _unseen(one))
    plain = " ".join(unicodedata.normalize("NFKC", seen).split())
    wrong = [one for one in plain if one != " " and not (_is_letter(one) or one in _SIGNS)]
    if not person_key(plain):
        problem = Bilingual("姓名为空或无法识别", "the name is blank or unreadable")
        raise InputError(
            Diagnostic("name_blank", SourceLocation(option), problem, Bilingual("写明姓名", "give the name"))
        )
    if wrong:
        problem = Bilingual(
            f"姓名中有不属于姓名的符号：{_named(wrong)}", f"the name holds signs that no name has: {_named(wrong)}"
        )
        remedy = Bilingual(
            "姓名只写文字；同名的在后面加数字区分", "write the name only; namesakes add a number behind it"
        )
        raise InputError(Diagnostic("name_not_plain", SourceLocation(option), problem, remedy))
    return plain


def person_key(name: str) -> str:
    r"""What is the same for every way to write one person's name: its letters and digits alone.

    >>> len({person_key(name) for name in ("王社", "王　社", "王·社", "王\u200b社", "王社\ufe00")})
    1
    >>> person_key("Ｗang Ｓhe") == person_key("wang she"), person_key("王社2") == person_key("王社")
    (True, False)
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = (one for one in folded if not _unseen(one) and _is_letter(one) and unicodedata.category(one)[0] != "M")
    return unicodedata.normalize("NFKC", "".join(letters))


def _unseen(one: str) -> bool:
    return one in _UNSEEN or ord(one) in _TAGS or unicodedata.category(one) == "Cf"


def _is_letter(one: str) -> bool:
    kind = unicodedata.category(one)
    return (
        (kind[0] in "LMN" and kind != "Lm") or one in _REPEATED or kind == "Co" or (kind == "Cn" and ord(one) in _RARE)
    )


def _named(wrong: list[str]) -> str:
    return " ".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in dict.fromkeys(wrong))
