"""Words of a comparison, for terminal, workbook and page."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.model.diagnostic import Bilingual
from eligibility.model.truth import Truth
from eligibility.reporting.impact import Impact

MARKS: Mapping[Truth | None, Bilingual] = {
    Truth.PROVEN: Bilingual("成立", "proven"),
    Truth.REFUTED: Bilingual("不成立", "refuted"),
    Truth.OPEN: Bilingual("待核", "open"),
    None: Bilingual("（无此条款）", "(no such clause)"),
}
DEPTHS: Mapping[str, Bilingual] = {
    "CLAUSES": Bilingual("只动条款，由各类情形的已有判断重新裁定", "from the marks of the stored profiles"),
    "CONDITIONS": Bilingual("由已存的事实重新判断所改的条件", "from the stored facts, the changed conditions only"),
    "FACTS": Bilingual("由已存的材料重新推定事实", "from the stored papers and links, deriving the facts again"),
    "LINKS": Bilingual("由已存的材料重新核对批文并推定事实", "from the stored papers, deriving links and facts again"),
    "PAPERS": Bilingual(
        "由记录所存的卷宗重新读取、核对并推定事实", "from the dossier that the record keeps, read again"
    ),
}
PARTS: Mapping[str, Bilingual] = {
    "rulebook": Bilingual("规则", "rulebook"),
    "parameter": Bilingual("参数", "parameter"),
    "condition": Bilingual("条件", "condition"),
    "clause": Bilingual("条款", "clause"),
    "fact": Bilingual("事实", "fact"),
    "reason": Bilingual("核查原因", "reason"),
    "document": Bilingual("材料", "document"),
    "body": Bilingual("单位", "body"),
    "place": Bilingual("地名", "place"),
    "stage": Bilingual("环节", "stage"),
    "class": Bilingual("类别", "class"),
    "benefit": Bilingual("补助", "benefit"),
}
CHANGES: Mapping[str, Bilingual] = {
    "added": Bilingual("新增", "added"),
    "dropped": Bilingual("删去", "dropped"),
    "changed": Bilingual("改动", "changed"),
}


def reason_title(code: str, counts: Impact) -> str:
    """The Chinese words of a reason: of review, or the sentence of the clause that refuses or registers."""
    for policy in (counts.new, counts.old):
        if code in policy.clauses and code not in policy.reasons:
            return policy.clauses[code].text
        if code in policy.reasons:
            return policy.reasons[code].title
    return code
