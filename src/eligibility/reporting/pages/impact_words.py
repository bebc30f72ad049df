"""Words of a comparison, for terminal, workbook and page."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.domain.finding import Text
from eligibility.domain.mark import Mark
from eligibility.reporting.impact import Impact

MARKS: Mapping[Mark | None, Text] = {
    Mark.PROVEN: Text("成立", "proven"),
    Mark.REFUTED: Text("不成立", "refuted"),
    Mark.OPEN: Text("待核", "open"),
    None: Text("（无此条款）", "(no such clause)"),
}
DEPTHS: Mapping[str, Text] = {
    "CLAUSES": Text("只动条款，由各类情形的已有判断重新裁定", "from the marks of the stored profiles"),
    "CONDITIONS": Text("由已存的事实重新判断所改的条件", "from the stored facts, the changed conditions only"),
    "FACTS": Text("由已存的材料重新推定事实", "from the stored papers and links, deriving the facts again"),
    "LINKS": Text("由已存的材料重新核对批文并推定事实", "from the stored papers, deriving links and facts again"),
    "PAPERS": Text("由记录所存的卷宗重新读取、核对并推定事实", "from the dossier that the record keeps, read again"),
}
PARTS: Mapping[str, Text] = {
    "rulebook": Text("规则", "rulebook"),
    "parameter": Text("参数", "parameter"),
    "condition": Text("条件", "condition"),
    "clause": Text("条款", "clause"),
    "fact": Text("事实", "fact"),
    "reason": Text("核查原因", "reason"),
    "document": Text("材料", "document"),
    "body": Text("单位", "body"),
    "place": Text("地名", "place"),
    "stage": Text("环节", "stage"),
}
CHANGES: Mapping[str, Text] = {
    "added": Text("新增", "added"),
    "dropped": Text("删去", "dropped"),
    "changed": Text("改动", "changed"),
}


def reason_title(code: str, counts: Impact) -> str:
    """The Chinese words of a reason: of review, or the sentence of the clause that refuses or registers."""
    for policy in (counts.new, counts.old):
        if code in policy.clauses and code not in policy.reasons:
            return policy.clauses[code].text
        if code in policy.reasons:
            return policy.reasons[code].title
    return code
