"""The words of the pictures in both languages."""

from __future__ import annotations

from datetime import date

from eligibility.domain.finding import Text
from eligibility.domain.tables import KINDS, LAND_CLASSES
from eligibility.reconcile.evidence_items import ITEMS

TITLE = Text("批文与协议的对应：关联组", "Approvals and agreements: component")
APPROVALS = Text("批文", "approvals")
AGREEMENTS = Text("协议（按地类）", "agreements by land class")
LEGEND = Text(
    "实色：确定的面积 · 虚线：可能的面积 · 宽度按面积", "solid: certain area · dashed: possible area · width by area"
)
NONE = Text("卷内没有可能的批文", "no approval of the dossier is possible")
_CLASSES = {word.key: Text(word.zh, word.key.replace("_", " ")) for word in LAND_CLASSES}
_KINDS = {word.key: Text(word.zh, word.key) for word in KINDS}


def days(lo: date, hi: date, lang: str) -> str:
    """A day, a range of days, or that it is not known."""
    if lo == date.min or hi == date.max:
        return Text("日期不详", "day unknown").say(lang)
    return lo.isoformat() if lo == hi else f"{lo.isoformat()}–{hi.isoformat()}"


def land_class(key: str | None, lang: str) -> str:
    """Name of a land class, or that it is blank."""
    return _CLASSES[key].say(lang) if key in _CLASSES else Text("地类未填", "class blank").say(lang)


def kind(key: str | None, lang: str) -> str:
    """Name of a kind of agreement, or that it is blank."""
    return _KINDS[key].say(lang) if key in _KINDS else Text("类型未填", "kind blank").say(lang)


def item(name: str, lang: str) -> str:
    """Title of an item of evidence."""
    return ITEMS[name].title.say(lang) if name in ITEMS else name
