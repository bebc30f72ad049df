"""Everybody gets exactly one outcome, every review has a reason, and every reason somebody who can settle it."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Kind
from eligibility.proving.book import Book
from eligibility.proving.claims import Claim, Verdict
from eligibility.proving.outcomes import OUTCOMES
from eligibility.proving.search import Answer


def outcome_claims(book: Book) -> Iterator[Claim]:
    """The claims on outcomes and reasons, in the order in which they are shown."""
    yield _one_outcome(book)
    yield _has_reason(book)
    yield from _has_body(book)
    yield from _reached(book)


def _one_outcome(book: Book) -> Claim:
    decision = book.decision
    both = [z3.And(rails.proven, rails.refuted) for rails in (*decision.conditions.values(),)]
    none = z3.Not(z3.Or(*[when for _, when in decision.whens]))
    several = [z3.And(a, b) for i, (_, a) in enumerate(decision.whens) for _, b in decision.whens[i + 1 :]]
    return book.claim(
        "one_outcome",
        "",
        z3.Or(none, *several, *both),
        Bilingual("任何人都恰有一个结论", "everybody gets exactly one outcome"),
        Bilingual("有人没有结论，或有两个结论", "somebody gets no outcome, or two"),
        persons=[("", book.anybody, "")],
    )


def _has_reason(book: Book) -> Claim:
    decision, policy = book.decision, book.policy
    without = z3.And(decision.outcomes["manual_review"], *[z3.Not(each.when) for each in decision.reasons])
    silent = [clause.id for clause in policy.clauses.values() if clause.kind is not Kind.EXCEPTION]
    return book.claim(
        "review_has_reason",
        "",
        without,
        Bilingual("待核的人都说得出原因", "everybody who is referred is told why"),
        Bilingual(
            "有人被转核查而没有任何原因，无从了结",
            "somebody is referred without any reason, and so can never be settled",
        ),
        persons=[("", book.anybody, "manual_review")],
        places=[book.at_clause(name) for name in silent if not policy.clauses[name].otherwise],
    )


def _has_body(book: Book) -> Iterator[Claim]:
    policy, decision = book.policy, book.decision
    for reason in dict.fromkeys(each.reason for each in decision.reasons):
        known = policy.reasons.get(reason)
        if known is not None and known.bodies and known.documents:
            continue
        title = known.title if known else reason
        given_by = dict.fromkeys(each.clause for each in decision.reasons if each.reason == reason)
        yield book.claim(
            "reason_has_body",
            reason,
            decision.given(reason),
            Bilingual(f"原因“{title}”不会给任何人", f"reason {reason} is given to nobody"),
            Bilingual(
                f"原因“{title}”没有写由哪个单位、凭什么材料了结",
                f"reason {reason} names no body or no paper that could settle it",
            ),
            persons=[("", book.anybody, "manual_review")],
            places=[book.at_clause(name) for name in given_by],
        )
    bare = [name for name, known in policy.reasons.items() if not (known.bodies and known.documents)]
    if not bare:
        yield Claim(
            "reason_has_body",
            "",
            Verdict.PROVED,
            Bilingual("每个核查原因都写明找谁、凭什么材料", "every reason names a body and a paper"),
        )


def _reached(book: Book) -> Iterator[Claim]:
    registers = any(clause.kind.registers for clause in book.policy.clauses.values())
    for outcome in OUTCOMES:
        title = book.outcome_title(outcome)
        if outcome == "manual_review" or (outcome == "register" and not registers):
            continue  # a rulebook that never has to ask, or registers nobody, lacks nothing
        yield book.matters(
            "outcome_reached",
            outcome,
            book.decision.outcomes[outcome],
            Bilingual(f"有人“{title.zh}”", f"somebody is “{title.en}”"),
            Bilingual(f"没有一个可能的人“{title.zh}”", f"nobody possible is “{title.en}”"),
            places=[("rulebook", book.side.draft.rulebook.at("outcomes"))] if book.side.draft.rulebook else (),
        )


def contradictions(book: Book) -> Iterator[Claim]:
    """No two clauses can never both be met: then nobody could be eligible, or registered."""
    marks = book.decision.clauses
    names = [clause.id for clause in book.policy.clauses.values() if clause.kind is not Kind.EXCEPTION]
    together = z3.And(*[marks[name].proven for name in names]) if names else z3.BoolVal(True)
    if book.search.ask(together) is Answer.SOMEBODY:
        zh = f"一个人可以同时满足全部 {len(names)} 条，没有两条互相矛盾"
        yield Claim(
            "clauses_agree",
            "",
            Verdict.PROVED,
            Bilingual(zh, f"one person can meet all {len(names)} clauses, so no two contradict each other"),
        )
        return
    for i, name in enumerate(names):
        for other in names[i + 1 :]:
            first, second = book.policy.clauses[name].title, book.policy.clauses[other].title
            claim = book.matters(
                "clauses_agree",
                f"{name} {other}",
                z3.And(marks[name].proven, marks[other].proven),
                Bilingual(f"“{first}”与“{second}”可以同时满足", f"{name} and {other} can both be met"),
                Bilingual(f"没有人能同时满足“{first}”与“{second}”", f"nobody can meet both {name} and {other}"),
                places=[book.at_clause(name), book.at_clause(other)],
            )
            if claim.verdict is not Verdict.PROVED:
                yield claim
