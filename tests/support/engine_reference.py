"""The meaning of the whole room in about thirty lines each: what a mark is, and what a verdict is."""

from __future__ import annotations

from datetime import date, timedelta
from math import prod

from eligibility.model.formula import AgeOn, Linear, Shifted, Term
from eligibility.model.policy import AllOf, AnyOf, Compare, Constant, FactRef, Holds, Kind, Named, Not, Unknown, Within
from eligibility.model.truth import Truth, conjunction, disjunction, negate

P, R, O = Truth.PROVEN, Truth.REFUTED, Truth.OPEN  # noqa: E741


def mark(formula, row, marks=None):  # noqa: C901, PLR0911
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
        case Compare() if _unset(formula.left) or _unset(formula.right):
            return O
        case Compare(op=op, left=left, right=right) if isinstance(left, Linear) or isinstance(right, Linear):
            return _compare(op, *_total(left, right, row), 0, 0)
        case Compare(op=op, left=left, right=right):
            return _compare(op, *_range(left, row), *_range(right, row))
    raise AssertionError(formula)


def _unset(side):
    match side:
        case Constant(value=value):
            return value is None
        case Shifted(amount=amount, day=day):
            return amount is None or _unset(day)
        case AgeOn(day=day):
            return _unset(day)
        case Linear(terms=terms):
            return any(_unset(term.of) or any(rate.value is None for rate in term.rates) for term in terms)
    return False


def _total(left, right, row):
    """The least and greatest of left minus right: each quantity at the end that its weight asks for."""
    weights = {}
    for side, sign in ((left, 1), (right, -1)):
        for term in side.terms if isinstance(side, Linear) else [Term(side)]:
            weights.setdefault(term.of, []).append(sign * prod(rate.value for rate in term.rates))
    ends = [[], []]
    for of, found in weights.items():
        if weight := sum(found):
            known = _range(of, row)[:: 1 if weight > 0 else -1]
            for end, value in zip(ends, known, strict=True):
                end.append(None if value is None else weight * value)
    return [None if None in end else sum(end) for end in ends]


def _moved(day, side):
    """Months counted one by one, so that a day too late for its month falls on the last of it."""
    if day is None:
        return None
    try:
        if side.unit == "日":
            return day + timedelta(days=side.amount)
        month = (day.year - 1) * 12 + day.month - 1 + side.amount * {"年": 12, "月": 1}[side.unit]
        if not 0 <= month < 9999 * 12:
            return None
        for late in range(4):
            try:
                return date(month // 12 + 1, month % 12 + 1, day.day - late)
            except ValueError:
                pass
    except OverflowError:
        pass
    return None


def _age(born, day):
    """Birthdays kept by that day; before the birth they count backwards."""
    if born is None or day is None:
        return None
    return day.year - born.year - (day.strftime("%m%d") < born.strftime("%m%d"))


def _range(side, row):
    if isinstance(side, Shifted):
        return [_moved(day, side) for day in _range(side.day, row)]
    if isinstance(side, AgeOn):
        (first, last), (low, high) = _range(side.born, row), _range(side.day, row)
        return _age(last, low), _age(first, high)
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
        c.id: negate(mark(c.when, {}, marks)) if c.kind in (Kind.EXCLUSION, Kind.ELSEWHERE) else mark(c.when, {}, marks)
        for c in clauses
    }
    lifts = {c.id: [e for e in clauses if e.kind is Kind.EXCEPTION and e.excepts == c.id] for c in clauses}
    k = {c.id: disjunction([own[c.id], *(own[e.id] for e in lifts[c.id])]) for c in clauses}
    of = {kind: [c for c in clauses if c.kind is kind] for kind in Kind}
    hard, refer, register = (
        of[Kind.REQUIREMENT] + of[Kind.EXCLUSION],
        of[Kind.REFER],
        of[Kind.REGISTER] + of[Kind.ELSEWHERE],
    )
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
    text = repr(policy.conditions[name].expression)
    return "Constant(value=None" in text or ("amount=None" in text and "parameter='length'" in text)


def _many(parts):
    return parts if isinstance(parts, tuple) else (parts,) if not isinstance(parts, FactRef | Constant) else ()
