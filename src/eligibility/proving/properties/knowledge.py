"""More knowledge never overturns: no refinement of what is known turns a decided outcome into another."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Unknown, walk
from eligibility.proving.book import Book, differ
from eligibility.proving.claims import Claim
from eligibility.proving.knowledge import refines, same


def knowledge_claims(book: Book) -> Iterator[Claim]:
    """The claim as a whole; and for each presumption (`unknown(fact)`) that is accepted, what it overturns."""
    later = book.person("later")
    facts = book.policy.facts
    more = [refines(later.knowledge, book.anybody.knowledge, fact) for fact in facts]
    question = z3.And(book.decision.decided, differ(book.decision, later.decision()), *more)
    pairs = [("before", book.anybody, ""), ("after", later, "")]
    asked = {name: _presumed(book, name) for name in book.side.draft.conditions.entries}
    reasons = {
        name: book.accepted_at(book.side.draft.conditions.entries, name, "never_overturned", "overturned")
        for name, presumed in asked.items()
        if presumed
    }
    kept = sorted({fact for name, reason in reasons.items() if reason for fact in asked[name]})
    fixed = [same(book.anybody.knowledge, later.knowledge, fact) for fact in kept]
    where = [book.at_condition(name) for name, presumed in asked.items() if presumed and not reasons[name]]
    titles = "、".join(facts[fact].title for fact in kept)
    zh = "补充材料不会推翻已有的结论" + (f"（下列推定涉及的“{titles}”除外）" if kept else "")
    en = "no further paper turns a decided outcome into another"
    en += f" (but for {', '.join(kept)}, which the presumptions below are about)" if kept else ""
    yield book.claim(
        "never_overturned",
        "",
        z3.And(question, *fixed),
        Bilingual(zh, en),
        Bilingual("多知道一件事，已有的结论被推翻", "one more thing known turns a decided outcome into another"),
        persons=pairs,
        places=where,
    )
    for name, reason in reasons.items():
        if not reason:
            continue
        rest = [same(book.anybody.knowledge, later.knowledge, fact) for fact in kept if fact not in asked[name]]
        title = book.policy.conditions[name].title
        yield book.claim(
            "never_overturned",
            name,
            z3.And(question, *rest),
            Bilingual(f"条件“{title}”的推定不会被推翻", f"the presumption of {name} is never overturned"),
            Bilingual(
                f"条件“{title}”在不详时作推定，后来查明会推翻已有的结论",
                f"condition {name} presumes while unknown, and what is learnt later overturns the outcome",
            ),
            persons=pairs,
            places=[book.at_condition(name)],
            accepted=reason,
        )


def _presumed(book: Book, condition: str) -> list[str]:
    """The facts of which a condition asks whether anything is known."""
    parts = walk(book.policy.conditions[condition].expression)
    return [part.fact.id for part in parts if isinstance(part, Unknown)]
