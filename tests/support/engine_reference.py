"""The meaning of the whole room in about thirty lines each: what a mark is, and what a verdict is."""

from __future__ import annotations

from eligibility.model.policy import AllOf, AnyOf, Compare, Constant, FactRef, Holds, Kind, Named, Not, Unknown, Within
from eligibility.model.truth import Truth, conjunction, disjunction, negate

P, R, O = Truth.PROVEN, Truth.REFUTED, Truth.OPEN  # noqa: E741


def mark(formula, row, marks=None):  # noqa: PLR0911
    """Strong Kleene logic over ranges: proven when true of every value in the range, refuted when of none."""
    match formula:
        case Named(id=name):
            return marks[name]
        case Not(of=inner):
            return negate(mark(inner, row, marks))
        case AllOf(of=parts):
            return conjunction([mark(p, row, marks) for p in parts])
        case AnyOf(of=parts):
            return disjunction([mark(p, row, marks) for p in parts])
        case Unknown(fact=f):
            return P if all(row[c] is None for c in row if c in (f.id, f"{f.id}_lo", f"{f.id}_hi")) else R
        case Holds(of=of):
            value = of.value if isinstance(of, Constant) else row[of.id]
            return O if value is None else P if value else R
        case Within(fact=f, values=values):
            return O if row[f.id] is None or values.value is None else P if row[f.id] in values.value else R
        case Compare(op="!=", left=left, right=right):
            return negate(mark(Compare("=", left, right), row))
        case Compare(op=">" | ">=" as op, left=left, right=right):
            return mark(Compare({">": "<", ">=": "<="}[op], right, left), row)
        case Compare(op=op, left=left, right=right):
            return _compare(op, *_range(left, row), *_range(right, row))
    raise AssertionError(formula)


def _range(side, row):
    if isinstance(side, Constant):
        return side.value, side.value
    return (row[side.id], row[side.id]) if side.id in row else (row[f"{side.id}_lo"], row[f"{side.id}_hi"])


def _compare(op, a, b, c, d):
    less = b is not None and c is not None and b < c
    at_most = b is not None and c is not None and b <= c
    more = a is not None and d is not None and a > d
    at_least = a is not None and d is not None and a >= d
    proven, refuted = {
        "<": (less, at_least),
        "<=": (at_most, more),
        "<?": (less, more),
        "=": (at_most and at_least, less or more),
    }[op]
    return P if proven else R if refuted else O


def verdict(policy, marks):
    """Outcome and reasons, clause by clause, in the words of the policy's own description."""
    clauses = policy.clauses.values()
    own = {
        c.id: negate(mark(c.when, {}, marks)) if c.kind is Kind.EXCLUSION else mark(c.when, {}, marks) for c in clauses
    }
    lifts = {c.id: [e for e in clauses if e.kind is Kind.EXCEPTION and e.excepts == c.id] for c in clauses}
    k = {c.id: disjunction([own[c.id], *(own[e.id] for e in lifts[c.id])]) for c in clauses}
    of = {kind: [c for c in clauses if c.kind is kind] for kind in Kind}
    hard, refer, register = of[Kind.REQUIREMENT] + of[Kind.EXCLUSION], of[Kind.REFER], of[Kind.REGISTER]
    refused, registered = [c for c in hard if k[c.id] is R], [c for c in register if k[c.id] is R]
    asking = [c for c in hard if k[c.id] is O] + [c for c in refer if k[c.id] is not P]
    waiting = [] if registered else [c for c in register if k[c.id] is O]
    if refused:
        return "not_eligible", sorted(c.id for c in refused), k
    if not asking and registered:
        return "register", sorted(c.id for c in registered), k
    if not asking and not waiting:
        return "eligible", [], k
    reasons = {r for c in asking + waiting if c.kind is Kind.REFER and own[c.id] is R for r in c.on_refuted}
    for asks in asking + waiting:
        for c in [asks, *lifts[asks.id]]:
            if k[asks.id] is O and own[c.id] is O:
                reasons |= {g.reason for g in c.on_open if mark(g.when, {}, marks) is P} or set(c.otherwise)
                reasons |= {"policy_unset" for name in names(c.when) if marks[name] is O and unset(policy, name)}
    return "manual_review", sorted(reasons), k


def names(formula):
    """Conditions named in a clause."""
    parts = getattr(formula, "of", ())
    return {formula.id} if isinstance(formula, Named) else {n for p in _many(parts) for n in names(p)}


def unset(policy, name):
    """Whether a condition names a number that the law does not give."""
    return "Constant(value=None" in repr(policy.conditions[name].expression)


def _many(parts):
    return parts if isinstance(parts, tuple) else (parts,) if not isinstance(parts, FactRef | Constant) else ()
