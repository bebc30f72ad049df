"""Legal states in words and colours, the same on page, workbook, letter and terminal; and their order on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Status
from eligibility.model.truth import Truth

OUTCOMES = ("eligible", "register", "manual_review", "not_eligible")
"""The order of outcomes on pages: yes, yes later, not yet known, no. Workbooks and the terminal keep that of the rulebook."""


class Colours(NamedTuple):
    """An outcome's colours: in charts, as text on its ground (workbooks), and on a terminal."""

    chart: str
    text: str
    ground: str
    terminal: str


COLOURS: Mapping[str, Colours] = {
    "eligible": Colours("#2F7560", "#1F6450", "#E3F1EB", "green"),
    "register": Colours("#3D6C9C", "#2C5A8A", "#E5EEF7", "cyan"),
    "manual_review": Colours("#E0AE47", "#7A5200", "#FBF0D6", "yellow"),
    "not_eligible": Colours("#A8473D", "#96382F", "#F9E7E4", "red"),
}
"""Those of the pages stand in reporting/pages/templates/report.css; a test holds both together."""

MARKS: Mapping[str, Bilingual] = {
    Truth.PROVEN: Bilingual("成立", "proven"),
    Truth.REFUTED: Bilingual("不成立", "refuted"),
    Truth.OPEN: Bilingual("待核", "open"),
}
"""What the papers say of a condition or a clause."""

EFFECTS: Mapping[str, Bilingual] = {
    "set": Bilingual("采用", "used"),
    "agrees": Bilingual("与材料一致", "agree with the papers"),
    "conflict": Bilingual("与材料矛盾", "contradicted by the papers"),
    "unused": Bilingual("不足以采用", "not sufficient"),
    "recorded": Bilingual("只作记录", "recorded only"),
}
"""What became of an answer in a batch."""

KNOWN: Mapping[Status, Bilingual] = {
    Status.SEEN: Bilingual("见原文", "seen"),
    Status.QUOTED: Bilingual("转引", "quoted"),
    Status.ASSUMED: Bilingual("推定", "assumed"),
    Status.UNSET: Bilingual("未设定", "not set"),
}
"""How surely a legal value or a clause is known."""

COVERAGE: Mapping[str, Bilingual] = {
    "covered": Bilingual("确定对应", "covered"),
    "partly": Bilingual("部分对应", "partly covered"),
    "ambiguous": Bilingual("对应不唯一", "ambiguous"),
    "uncovered": Bilingual("无批文对应", "uncovered"),
    "not_expropriation": Bilingual("非征收", "not expropriation"),
}
"""How far approvals certainly cover a line of an agreement."""

CERTAINTIES: Mapping[str, Bilingual] = {
    "certain": Bilingual("确定", "certain"),
    "possible": Bilingual("可能", "possible"),
    "excluded": Bilingual("排除", "excluded"),
}
"""Whether an approval is of a line of an agreement."""
