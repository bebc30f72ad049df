"""Two passes: the classes of outcomes, and the benefits, each step with its citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eligibility.model.benefit import Benefit, FundingShare, OutcomeClass, Step, StepCase
from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.policy import AllOf, Kind, Not
from eligibility.rulebook.benefit_schemas import BenefitShape, ClassShape, StepShape
from eligibility.rulebook.clauses import formula_of_conditions
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.figures import ANY, BARE, YUAN, Compiler, rounding_of
from eligibility.rulebook.glossary import citation_of, unknown
from eligibility.rulebook.problems import Spot, finding

OUTCOMES = ("eligible", "not_eligible", "register", "manual_review")
_OUTCOME = Bilingual("结论", "outcome")


def compile_classes(draft: Draft) -> Draft:
    """Compile the classes of outcomes in the order in which they are asked."""
    wrong: list[Diagnostic] = []
    made = {entry.id: _class(draft, entry, wrong) for entry in draft.classes.entries.values()}
    elsewhere = {item.id: item for item in _elsewhere(draft) if item.id not in made}
    return replace(draft.with_findings(wrong), compiled_classes={**elsewhere, **made})


def _elsewhere(draft: Draft) -> Iterator[OutcomeClass]:
    """A class for each clause that leads to another programme: which one it is."""
    clauses = draft.compiled_clauses.values()
    for clause in clauses:
        if clause.kind is Kind.ELSEWHERE:
            lifting = [Not(e.when) for e in clauses if e.kind is Kind.EXCEPTION and e.excepts == clause.id]
            when = AllOf((clause.when, *lifting)) if lifting else clause.when
            yield OutcomeClass(clause.id, clause.title, ("register",), when, clause.citation, clause.title_en)


def compile_benefits(draft: Draft) -> Draft:
    """Compile the benefits: resolve names, check units, insert the parameter values of the day."""
    wrong: list[Diagnostic] = []
    made = {entry.id: _benefit(draft, entry, wrong) for entry in draft.benefits.entries.values()}
    return replace(draft.with_findings(wrong), compiled_benefits=made)


def _class(draft: Draft, entry: Entry[ClassShape], wrong: list[Diagnostic]) -> OutcomeClass:
    body = entry.body
    wrong.extend(unknown(_OUTCOME, body.outcomes, OUTCOMES, entry.at("outcomes")))
    formula = formula_of_conditions(draft, body.when, entry.at("when"), wrong)
    citation = citation_of(draft, body.citation, entry.at("citation"), wrong)
    return OutcomeClass(entry.id, body.title, tuple(body.outcomes), formula, citation, body.title_en)


def _benefit(draft: Draft, entry: Entry[BenefitShape], wrong: list[Diagnostic]) -> Benefit:
    body, compiler = entry.body, Compiler(draft, wrong)
    wrong.extend(unknown(_OUTCOME, body.outcomes, OUTCOMES, entry.at("outcomes")))
    wrong.extend(unknown(Bilingual("类别", "class"), body.classes, draft.classes.ids, entry.at("classes")))
    wrong.extend(unknown(Bilingual("补助项目", "benefit"), body.less, draft.benefits.ids, entry.at("less")))
    wrong.extend(_shape_findings(entry))
    asked = Compiler(draft, wrong, compiler.facts)
    when = asked.formula(body.when, entry.at("when")) if body.when else None
    steps = _steps(compiler, entry)
    names = {name: (step.id, step.unit) for step in steps for name in (step.id, step.title)}
    shares = []
    for i, shape in enumerate(body.shares):
        figure = compiler.figure(shape.share, entry.at("shares", i, "share"), names, BARE) if shape.share else None
        citation = citation_of(draft, shape.citation, entry.at("shares", i, "citation"), wrong)
        shares.append(FundingShare(shape.payer, shape.title, figure, citation, shape.title_en))
    return Benefit(
        entry.id,
        body.title,
        body.paid,
        tuple(body.outcomes),
        steps,
        citation_of(draft, body.citation, entry.at("citation"), wrong),
        tuple(body.classes),
        when,
        body.when,
        tuple(dict.fromkeys(asked.parameters)),
        compiler.day(body.starts, entry.at("starts")) if body.starts else None,
        compiler.day(body.ends, entry.at("ends")) if body.ends else None,
        compiler.figure(body.most, entry.at("most"), {}, ANY) if body.most else None,
        tuple(body.less),
        tuple(shares),
        body.transfer,
        tuple(dict.fromkeys(compiler.facts)),
        body.title_en,
    )


def _steps(compiler: Compiler, entry: Entry[BenefitShape]) -> tuple[Step, ...]:
    made: list[Step] = []
    names: dict[str, tuple[str, str]] = {}
    for i, shape in enumerate(entry.body.steps):
        at = entry.at("steps", i)
        cases = _cases(compiler, entry, i, shape, names)
        least, most = (
            compiler.figure(text, entry.at("steps", i, key), names, shape.unit) if text else None
            for key, text in (("at_least", shape.at_least), ("at_most", shape.at_most))
        )
        rounding = (
            rounding_of(shape.round.to, shape.round.how, shape.unit, entry.at("steps", i, "round"), compiler.wrong)
            if shape.round
            else None
        )
        citation = citation_of(compiler.draft, shape.citation, entry.at("steps", i, "citation"), compiler.wrong)
        if names.keys() & {shape.id, shape.title}:
            problem = Bilingual(f"步骤“{shape.title}”出现两次", f"step {shape.id} stands twice")
            compiler.wrong.append(finding("duplicate_id", at, problem, Bilingual("改一个名称", "rename one")))
        made.append(Step(shape.id, shape.title, shape.unit, cases, citation, least, most, rounding, shape.title_en))
        names |= dict.fromkeys((shape.id, shape.title), (shape.id, shape.unit))
    return tuple(made)


def _cases(
    compiler: Compiler, entry: Entry[BenefitShape], i: int, shape: StepShape, names: dict[str, tuple[str, str]]
) -> tuple[StepCase, ...]:
    if bool(shape.value) == bool(shape.cases):
        problem = Bilingual("value 与 cases 应恰写其一", "either value or cases is wanted")
        compiler.wrong.append(finding("bad_value", entry.at("steps", i), problem, Bilingual("删去其一", "keep one")))
        return ()
    made: list[StepCase] = []
    written = [("", shape.value)] if shape.value else [(case.when, case.value) for case in shape.cases]
    for j, (when, value) in enumerate(written):
        place = ("steps", i, "value") if shape.value else ("steps", i, "cases", j)
        at = entry.at(*place)
        if not when and j < len(written) - 1:
            problem = Bilingual("没有 when 的情形只能在最后", "a case without when must be the last")
            compiler.wrong.append(finding("bad_value", at, problem, Bilingual("移到最后", "move it to the end")))
        asked = Compiler(compiler.draft, compiler.wrong, compiler.facts)
        formula = asked.formula(when, at) if when else None
        figure = compiler.figure(value, at, names, shape.unit)
        if figure is not None:
            made.append(StepCase(figure, formula, when or value, tuple(dict.fromkeys(asked.parameters))))
    return tuple(made)


def _shape_findings(entry: Entry[BenefitShape]) -> Iterator[Diagnostic]:
    body = entry.body
    last = body.steps[-1]
    if last.unit != YUAN or last.round is None:
        problem = Bilingual("最后一步应是金额：单位元，并写取整", "the last step must be an amount in 元, rounded")
        remedy = Bilingual("写 unit: 元 与 round: {to: 0.01元, how: half_up}", "add unit and round to the last step")
        yield finding("bad_value", entry.at("steps", len(body.steps) - 1), problem, remedy)
    for i, share in enumerate(body.shares):
        if bool(share.share) == (i == len(body.shares) - 1):
            problem = Bilingual(
                "出资方中恰有最后一个不写 share，承担其余",
                "the last payer, and only it, bears the rest without a share",
            )
            yield finding("bad_value", _at(entry, i), problem, Bilingual("改写 shares", "mend the shares"))
    payers = [share.payer for share in body.shares]
    if len(set(payers)) < len(payers):
        problem = Bilingual("同一出资方写了两次", "a payer stands twice")
        yield finding("duplicate_id", entry.at("shares"), problem, Bilingual("合成一个", "make them one"))


def _at(entry: Entry[BenefitShape], i: int) -> Spot:
    return entry.at("shares", i)
