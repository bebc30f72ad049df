"""Fixed words of the sentences: comparisons, kinds of clauses, marks, statuses, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Kind, Status

SIGNS: Mapping[tuple[bool, str], Bilingual] = {
    (False, "<"): Bilingual("低于", "is below"),
    (False, "<="): Bilingual("不高于", "is at most"),
    (False, ">"): Bilingual("高于", "is above"),
    (False, ">="): Bilingual("不低于", "is at least"),
    (False, "="): Bilingual("恰为", "is exactly"),
    (False, "!="): Bilingual("不为", "is not"),
    (False, "<?"): Bilingual("低于", "is below"),
    (True, "<"): Bilingual("早于", "is before"),
    (True, "<="): Bilingual("不晚于", "is on or before"),
    (True, ">"): Bilingual("晚于", "is after"),
    (True, ">="): Bilingual("不早于", "is on or after"),
    (True, "="): Bilingual("为", "is"),
    (True, "!="): Bilingual("不为", "is not"),
    (True, "<?"): Bilingual("早于", "is before"),
}
"""Word of a comparison, by whether days (or words) are compared, and the sign."""

ZERO: Mapping[str, Bilingual] = {
    ">": Bilingual("大于零", "is above 0"),
    "=": Bilingual("为零", "is 0"),
    "!=": Bilingual("不为零", "is not 0"),
}

KINDS: Mapping[Kind, Bilingual] = {
    Kind.REQUIREMENT: Bilingual("要求", "requirement"),
    Kind.EXCLUSION: Bilingual("排除", "exclusion"),
    Kind.EXCEPTION: Bilingual("例外", "exception"),
    Kind.REGISTER: Bilingual("备案", "register"),
    Kind.ELSEWHERE: Bilingual("另办", "elsewhere"),
    Kind.REFER: Bilingual("转核", "refer"),
}
MEANINGS: Mapping[Kind, Bilingual] = {
    Kind.REQUIREMENT: Bilingual("须成立；不成立即不符合", "must be proven; refuses when refuted"),
    Kind.EXCLUSION: Bilingual("成立即不符合", "refuses when proven"),
    Kind.EXCEPTION: Bilingual("成立即不再适用所指条款", "lifts the clause it names when proven"),
    Kind.REGISTER: Bilingual("不成立的先备案登记，不作不符合", "registers when refuted, never refuses"),
    Kind.ELSEWHERE: Bilingual("成立的按其他办法办理，不作不符合", "with another programme when proven, never refuses"),
    Kind.REFER: Bilingual("不成立的转人工核查，不作不符合", "goes to a person when refuted, never refuses"),
}
WORDLESS: Mapping[Status, Bilingual] = {
    Status.SEEN: Bilingual("未录原文", "read, its words not noted"),
    Status.QUOTED: Bilingual("未录原文", "its own words not noted"),
    Status.ASSUMED: Bilingual("未见原文", "text not seen"),
    Status.UNSET: Bilingual("未见原文", "text not seen"),
}
"""What stands for the article's own words where there are none, by how surely it is known."""
