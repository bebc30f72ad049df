"""What a person's benefits come to, each step with its number and citation, and who pays which part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.adjudicate.explain.models import BenefitPart, BenefitReading, BenefitStep
from eligibility.adjudicate.explain.readings import own_words
from eligibility.labels.values import bare_number, readable, say_parameter
from eligibility.model.benefit import Benefit
from eligibility.model.citation import Citation
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.money.classes import ClassFound, class_of
from eligibility.money.reckon import Part, Reckoned, ReckonedStep, Reckoner
from eligibility.money.words import exact_yuan, figure_range, figure_range_en, money_range, money_range_en

PAID: Mapping[str, Bilingual] = {
    "once": Bilingual("一次", "once"),
    "month": Bilingual("每月", "a month"),
    "year": Bilingual("每年", "a year"),
}
"""How often a benefit is paid, in words."""


def class_title(policy: Policy, reached: ClassFound) -> Bilingual:
    """The class in words; of one that is not decided, those that it may be; "" where there is none."""
    if reached.id:
        item = policy.classes[reached.id]
        return Bilingual(item.title, item.title_en or readable(item.id))
    items = [policy.classes[code] for code in reached.possible if code]
    if not items:
        return Bilingual("", "")
    zh = "或".join(item.title for item in items)
    return Bilingual(f"待定（{zh}）", f"open ({' or '.join(item.title_en or readable(item.id) for item in items)})")


def benefit_readings(
    policy: Policy, outcome: str, marks: Mapping[str, Truth], facts: Mapping[str, Any]
) -> list[BenefitReading]:
    """The benefits that a case of that outcome gets, or may get."""
    reached = class_of(policy, outcome, marks)
    readings = []
    for benefit in policy.benefits.values():
        if outcome in benefit.outcomes and not reached.excludes(benefit.classes):
            reckoned = Reckoner(policy, benefit).of(facts)
            if reckoned.entitled is not Truth.REFUTED:
                sure = reckoned.entitled is Truth.PROVEN and reached.includes(benefit.classes)
                readings.append(_reading(policy, benefit, reckoned, sure=sure))
    return readings


def _reading(policy: Policy, benefit: Benefit, reckoned: Reckoned, *, sure: bool) -> BenefitReading:
    paid = PAID[benefit.paid]
    law = _law(benefit.citation)
    unset = [policy.parameters[name].title for name in reckoned.unset if name in policy.parameters]
    return BenefitReading(
        id=benefit.id,
        title=benefit.title,
        title_en=benefit.title_en or readable(benefit.id),
        entitled=Truth.PROVEN if sure else Truth.OPEN,
        paid=benefit.paid,
        says=money_range(reckoned.low, reckoned.high),
        says_en=money_range_en(reckoned.low, reckoned.high),
        paid_says=paid.zh,
        paid_says_en=paid.en,
        amount_min=_yuan(reckoned.low),
        amount_max=_yuan(reckoned.high),
        law=law.zh,
        law_en=law.en,
        steps=[_step(policy, made) for made in reckoned.steps],
        parts=[_part(part) for part in reckoned.parts],
        assumed_parameters=list(reckoned.assumed),
        unset=unset,
        unset_en=[policy.parameters[n].title_en or readable(n) for n in reckoned.unset if n in policy.parameters],
    )


def _step(policy: Policy, made: ReckonedStep) -> BenefitStep:
    step, law = made.step, _law(made.step.citation)
    texts = [case.text for number, case in enumerate(step.cases) if number in made.cases]
    values = [policy.parameters[name] for name in sorted(made.amount.used) if name in policy.parameters]
    by = [(parameter, say_parameter(parameter, policy.value(parameter.id))) for parameter in values]
    return BenefitStep(
        id=step.id,
        title=step.title,
        title_en=step.title_en or readable(step.id),
        says=figure_range(made.amount.low, made.amount.high, step.unit),
        says_en=figure_range_en(made.amount.low, made.amount.high, step.unit),
        how="；".join(texts),
        numbers=[f"{parameter.title} {worded.zh}" for parameter, worded in by],
        numbers_en=[f"{parameter.title_en or readable(parameter.id)} {worded.en}" for parameter, worded in by],
        law=law.zh,
        law_en=law.en,
        status=step.citation.status,
    )


def _part(part: Part) -> BenefitPart:
    share = "" if part.share is None else f"{bare_number(part.share * 100)}%"
    return BenefitPart(
        payer=part.payer,
        title=part.title,
        title_en=part.title_en or readable(part.payer),
        share=share,
        says=money_range(part.low, part.high),
        says_en=money_range_en(part.low, part.high),
    )


def _law(citation: Citation) -> Bilingual:
    words = own_words(citation)
    return Bilingual(
        f"{citation.instrument} {citation.article} {words.zh}".strip(),
        f"{citation.instrument_en or citation.instrument} {citation.article} {words.en}".strip(),
    )


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{exact_yuan(fen):.2f}"
