"""The words of the pictures in both languages."""

from __future__ import annotations

from datetime import date

from eligibility.model.diagnostic import Bilingual
from eligibility.model.tables import KINDS, LAND_CLASSES
from eligibility.reconcile.evidence_items import ITEMS

TITLE = Bilingual("批文与协议的对应：关联组", "Approvals and agreements: component")
APPROVALS = Bilingual("批文", "approvals")
AGREEMENTS = Bilingual("协议（按地类）", "agreements by land class")
LEGEND = Bilingual(
    "实色：确定的面积 · 虚线：可能的面积 · 宽度按面积", "solid: certain area · dashed: possible area · width by area"
)
NONE = Bilingual("卷内没有可能的批文", "no approval of the dossier is possible")
_CLASSES = {word.key: Bilingual(word.zh, word.key.replace("_", " ")) for word in LAND_CLASSES}
_KINDS = {word.key: Bilingual(word.zh, word.key) for word in KINDS}


def days(lo: date, hi: date, lang: str) -> str:
    """A day, a range of days, or that it is not known."""
    if lo == date.min or hi == date.max:
        return Bilingual("日期不详", "day unknown").in_language(lang)
    return lo.isoformat() if lo == hi else f"{lo.isoformat()}–{hi.isoformat()}"


def land_class(key: str | None, lang: str) -> str:
    """Name of a land class, or that it is blank."""
    return (
        _CLASSES[key].in_language(lang) if key in _CLASSES else Bilingual("地类未填", "class blank").in_language(lang)
    )


def kind(key: str | None, lang: str) -> str:
    """Name of a kind of agreement, or that it is blank."""
    return _KINDS[key].in_language(lang) if key in _KINDS else Bilingual("类型未填", "kind blank").in_language(lang)


def item(name: str, lang: str) -> str:
    """Title of an item of evidence."""
    return ITEMS[name].title.in_language(lang) if name in ITEMS else name
