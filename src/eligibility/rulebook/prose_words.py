"""Fixed words of the sentences: comparisons, kinds of clauses, marks, statuses, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.domain.finding import Text
from eligibility.domain.policy import Kind, Status

SIGNS: Mapping[tuple[bool, str], Text] = {
    (False, "<"): Text("低于", "is below"),
    (False, "<="): Text("不高于", "is at most"),
    (False, ">"): Text("高于", "is above"),
    (False, ">="): Text("不低于", "is at least"),
    (False, "="): Text("恰为", "is exactly"),
    (False, "!="): Text("不为", "is not"),
    (False, "<?"): Text("低于", "is below"),
    (True, "<"): Text("早于", "is before"),
    (True, "<="): Text("不晚于", "is on or before"),
    (True, ">"): Text("晚于", "is after"),
    (True, ">="): Text("不早于", "is on or after"),
    (True, "="): Text("为", "is"),
    (True, "!="): Text("不为", "is not"),
    (True, "<?"): Text("早于", "is before"),
}
"""Word of a comparison, by whether days (or words) are compared, and the sign."""

ZERO: Mapping[str, Text] = {
    ">": Text("大于零", "is above 0"),
    "=": Text("为零", "is 0"),
    "!=": Text("不为零", "is not 0"),
}

KINDS: Mapping[Kind, Text] = {
    Kind.REQUIREMENT: Text("要求", "requirement"),
    Kind.EXCLUSION: Text("排除", "exclusion"),
    Kind.EXCEPTION: Text("例外", "exception"),
    Kind.REGISTER: Text("备案", "register"),
    Kind.REFER: Text("转核", "refer"),
}
MEANINGS: Mapping[Kind, Text] = {
    Kind.REQUIREMENT: Text("须成立；不成立即不符合", "must be proven; refuses when refuted"),
    Kind.EXCLUSION: Text("成立即不符合", "refuses when proven"),
    Kind.EXCEPTION: Text("成立即不再适用所指条款", "lifts the clause it names when proven"),
    Kind.REGISTER: Text("不成立的先备案登记，不作不符合", "registers when refuted, never refuses"),
    Kind.REFER: Text("不成立的转人工核查，不作不符合", "goes to a person when refuted, never refuses"),
}
WORDLESS: Mapping[Status, Text] = {
    Status.SEEN: Text("未录原文", "read, its words not noted"),
    Status.ASSUMED: Text("未见原文", "text not seen"),
    Status.UNSET: Text("未见原文", "text not seen"),
}
"""What stands for the article's own words where there are none, by how surely it is known."""
