"""Fifth pass: compiles clauses from text and all / any / not to formulas over conditions, with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.policy import AllOf, AnyOf, Clause, Formula, Kind, Named, Not, ReviewReason
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.expression import UNREADABLE, ExpressionError, compile_text, not_allowed
from eligibility.rulebook.glossary import citation_of, unknown
from eligibility.rulebook.problems import Spot, finding, misnamed, unknown_name
from eligibility.rulebook.schemas import ClauseShape, OpenReasonShape

_CONDITION = Bilingual("条件", "condition")
_REASON = Bilingual("核查原因", "review reason")
_TREE_KEYS = ("all", "any", "not")


def compile_clauses(draft: Draft) -> Draft:
    """Compile every clause; a clause that can be open must give a review reason."""
    wrong: list[Diagnostic] = []
    wrong.extend(_order_findings(draft))
    wrong.extend(_exception_findings(draft))
    entries = draft.clauses.entries
    listed = draft.rulebook.body.clauses if draft.rulebook else []
    compiled_clauses = {
        name: _clause(draft, entries[name], wrong) for name in dict.fromkeys([*listed, *entries]) if name in entries
    }
    lifted = {name: _with_reasons(clause, compiled_clauses) for name, clause in compiled_clauses.items()}
    return replace(draft.with_findings(wrong), compiled_clauses=lifted)


def _with_reasons(clause: Clause, clauses: dict[str, Clause]) -> Clause:
    """An open exception that gives no reason of its own has that of the clause it lifts, so that no case waits without one."""
    excepted = clauses.get(clause.excepts)
    if clause.kind is not Kind.EXCEPTION or clause.otherwise or clause.on_open or excepted is None:
        return clause
    return replace(clause, otherwise=excepted.otherwise)


def _order_findings(draft: Draft) -> Iterator[Diagnostic]:
    """Check that `rulebook.yaml` lists every clause once, so that a forgotten file cannot change the rules unnoticed."""
    if draft.rulebook is None:
        return
    at, listed = draft.rulebook.at("clauses"), draft.rulebook.body.clauses
    yield from unknown(Bilingual("条款", "clause"), listed, draft.clauses.ids, at)
    for name in sorted(draft.clauses.ids - set(listed)):
        problem = Bilingual(f"条款“{name}”有文件，但未列入 clauses", f"clause “{name}” has a file but is not listed")
        remedy = Bilingual(
            f"在 clauses 下加一行“- {name}”，或删去该文件", f"add “- {name}” to clauses, or delete the file"
        )
        yield finding("clause_not_listed", at, problem, remedy)
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        problem = Bilingual(f"条款“{name}”列了两次", f"clause “{name}” is listed twice")
        yield finding("duplicate_id", at.inside(name), problem, Bilingual("删去其中一行", "delete one of the lines"))


def _exception_findings(draft: Draft) -> Iterator[Diagnostic]:
    """Check that no exception refers to another exception, which would have no effect."""
    excepted = {e.id: e.body.excepts for e in draft.clauses.entries.values() if e.body.kind is Kind.EXCEPTION}
    remedy = Bilingual(
        "excepts 应写要求、排除、登记或转核条款；例外的例外请并入例外的 when",
        "name a clause that is no exception; write an exception's exception into its “when”",
    )
    for name, other in excepted.items():
        if other not in excepted:
            continue
        at = draft.clauses.entries[name].at("excepts")
        if name in _chain(other, excepted):
            problem = Bilingual(f"例外“{name}”绕回到自己", f"exception “{name}” comes back to itself")
            yield finding("circular_exception", at, problem, remedy)
        else:
            problem = Bilingual(
                f"“{other}”本身是例外，不能再被除外", f"“{other}” is an exception and cannot be excepted"
            )
            yield finding("excepts_exception", at, problem, remedy)


def _chain(name: str, excepted: dict[str, str]) -> set[str]:
    """Return the clauses reached from `name` by following exceptions."""
    seen: set[str] = set()
    while name in excepted and name not in seen:
        seen.add(name)
        name = excepted[name]
    return seen | {name}


def _clause(draft: Draft, entry: Entry[ClauseShape], wrong: list[Diagnostic]) -> Clause:
    body = entry.body
    wrong.extend(_kind_findings(draft, entry))
    for key, codes in (("on_refuted", body.on_refuted), ("otherwise", body.otherwise)):
        wrong.extend(unknown(_REASON, codes, draft.reasons.ids, entry.at(key)))
    return Clause(
        entry.id,
        body.title,
        body.kind,
        citation_of(draft, body.citation, entry.at("citation"), wrong),
        _Premises(draft, entry.at("when"), wrong).tree(body.when),
        body.text,
        body.excepts,
        tuple(body.on_refuted),
        _on_open(draft, entry, wrong),
        tuple(body.otherwise),
        title_en=body.title_en,
        text_en=body.text_en,
        follows=tuple(body.follows),
    )


def _kind_findings(draft: Draft, entry: Entry[ClauseShape]) -> Iterator[Diagnostic]:
    body, at = entry.body, entry.at("kind")
    if body.kind is not Kind.EXCEPTION and not body.otherwise:
        problem = Bilingual(
            "缺少 otherwise：条款待核时必须说明原因", "“otherwise” is missing: an open clause must give a reason"
        )
        remedy = Bilingual("加上 otherwise: [status_unknown] 或更合适的核查原因", "add otherwise: with a review reason")
        yield finding("missing_key", at, problem, remedy)
    if body.kind not in (Kind.EXCEPTION, Kind.REFER) and entry.id in draft.reasons.entries:
        problem = Bilingual(
            f"条款代码“{entry.id}”也是一个核查原因的代码，结论的理由分不清是哪一个",
            f"“{entry.id}” is also the code of a review reason: a refusal could not be told from it",
        )
        remedy = Bilingual(f"给条款改名，如 not_{entry.id}", f"rename the clause, such as not_{entry.id}")
        yield finding("duplicate_id", entry.at("id"), problem, remedy)
    if (body.kind is Kind.REFER) != bool(body.on_refuted):
        problem = Bilingual(
            "on_refuted 是且仅是 refer 条款所需", "“on_refuted” belongs to refer clauses, and only to them"
        )
        remedy = Bilingual(
            "refer 条款须写 on_refuted；其余种类须删去它", "refer clauses need it; delete it from any other kind"
        )
        yield finding("bad_value", at, problem, remedy)
    if (body.kind is Kind.EXCEPTION) != bool(body.excepts):
        problem = Bilingual("excepts 是且仅是 exception 条款所需", "“excepts” belongs to exceptions, and only to them")
        remedy = Bilingual(
            "exception 条款须写 excepts: 条款代码；其余种类须删去它", "exceptions must name the clause they except"
        )
        yield finding("bad_value", at, problem, remedy)
    yield from unknown(
        Bilingual("条款", "clause"), filter(None, [body.excepts]), draft.clauses.ids, entry.at("excepts")
    )
    others = [name for name in draft.clauses.ids if name != entry.id]
    yield from unknown(Bilingual("条款", "clause"), body.follows, others, entry.at("follows"))


def _on_open(draft: Draft, entry: Entry[ClauseShape], wrong: list[Diagnostic]) -> tuple[ReviewReason, ...]:
    review_reasons: list[ReviewReason] = []
    for i, shape in enumerate(entry.body.on_open):
        review_reasons.extend(_reasons(draft, shape, entry.at("on_open", i), wrong))
    return tuple(review_reasons)


def _reasons(draft: Draft, shape: OpenReasonShape, at: Spot, wrong: list[Diagnostic]) -> list[ReviewReason]:
    """Return one reason, or those of a shared list with `when` added to each premise."""
    if bool(shape.reason) == bool(shape.use):
        problem = Bilingual("应写 reason 或 use 之一", "give either “reason” or “use”")
        remedy = Bilingual("留下其中一个", "keep one of the two")
        wrong.append(finding("bad_value", at, problem, remedy))
        return []
    premise = _Premises(draft, at, wrong).tree(shape.when) if shape.when else AllOf(())
    if shape.reason:
        wrong.extend(unknown(_REASON, [shape.reason], draft.reasons.ids, at))
        return [ReviewReason(shape.reason, premise)]
    wrong.extend(unknown(Bilingual("共用原因表", "shared list of reasons"), [shape.use], draft.open_reasons.ids, at))
    shared = draft.open_reasons.entries.get(shape.use)
    return [] if shared is None else _shared(draft, shared, premise, wrong)


def _shared(
    draft: Draft, shared: Entry[list[OpenReasonShape]], premise: Formula, wrong: list[Diagnostic]
) -> list[ReviewReason]:
    review_reasons: list[ReviewReason] = []
    for i, shape in enumerate(shared.body):
        if shape.use:
            problem = Bilingual("共用原因表中不能再用 use", "a shared list cannot use another")
            remedy = Bilingual("把那份表的原因逐条写在这里", "write the reasons of that list here")
            wrong.append(finding("bad_value", shared.at(i), problem, remedy))
            continue
        for reason in _reasons(draft, shape, shared.at(i), wrong):
            both = AllOf(tuple(part for part in (reason.when, premise) if part != AllOf(())))
            review_reasons.append(replace(reason, when=both.of[0] if len(both.of) == 1 else both))
    return review_reasons


def formula_of_conditions(draft: Draft, value: object, at: Spot, wrong: list[Diagnostic]) -> Formula:
    """The formula over conditions of a text, or of a tree of all / any / not; what is wrong is added to `wrong`."""
    return _Premises(draft, at, wrong).tree(value)


class _Premises:
    """Compiles formulas over conditions, written as text or as all / any / not."""

    def __init__(self, draft: Draft, at: Spot, wrong: list[Diagnostic]) -> None:
        self.draft, self.at, self.wrong = draft, at, wrong

    def tree(self, value: object) -> Formula:
        """The formula of `value`; what is wrong with it is added to the findings."""
        if isinstance(value, str):
            return compile_text(value, self._leaf, self.at, self.wrong)
        match list(value.items()) if isinstance(value, dict) else []:
            case [("not", inner)]:
                return Not(self.tree(inner))
            case [("all", list(parts))]:
                return AllOf(tuple(self.tree(part) for part in parts))
            case [("any", list(parts))]:
                return AnyOf(tuple(self.tree(part) for part in parts))
        key = next((str(key) for key in value if key not in _TREE_KEYS), "") if isinstance(value, dict) else str(value)
        text = Bilingual(
            f"“{key or value}”不是条件，也不是 all / any / not 之一", f"“{key or value}” is no condition, all, any, not"
        )
        self.wrong.append(misnamed("bad_expression", self.at, text, key or str(value), _TREE_KEYS))
        return UNREADABLE

    def _leaf(self, node: exp.Expr) -> Formula:
        if not isinstance(node, exp.Column) or node.table:
            raise not_allowed(node, self.at)
        for entry in self.draft.conditions.entries.values():
            if node.name in (entry.id, entry.body.title):
                return Named(entry.id)
        if node.name in self.draft.conditions.ids:
            raise ExpressionError(None)
        titles = [entry.body.title for entry in self.draft.conditions.entries.values()]
        raise ExpressionError(unknown_name(_CONDITION, node.name, [*self.draft.conditions.ids, *titles], self.at))
