"""Numbers of the law that are hardly meant: 30 亩 a head for 0.3, 600 per cent for 60, an age of 160."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Tabled
from eligibility.model.policy import FactType
from eligibility.model.units import UNITS
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.problems import RuleFinding

MOST = {"area_per_head": (20, "亩"), "years": (120, "岁"), "percent": (100, "%")}
"""Greatest value of a type that is taken without a word, in its unit."""

_REMEDY = Bilingual(
    "对照原文；确是这个数，写 accepted: {improbable_value: 理由}",
    "compare it with the text; if it is meant, write accepted: {improbable_value: why}",
)


def improbable_values(draft: Draft) -> Iterator[RuleFinding]:
    """Values beyond what such a number may well be."""
    for name, parameter in draft.timelines.items():
        most, unit = MOST.get(parameter.type, (None, ""))
        if most is None or (parameter.type == "years" and parameter.unit not in ("岁", "周岁")):
            continue
        scale = next(iter(UNITS[FactType(parameter.type)].values())) if parameter.type != "percent" else 1
        for index, dated in enumerate(parameter.timeline):
            cells = [value for _, value in dated.value.cells] if isinstance(dated.value, Tabled) else [dated.value]
            beyond = [
                v for v in cells if isinstance(v, int | Fraction) and not isinstance(v, bool) and v > most * scale
            ]
            if beyond:
                written = f"{float(Fraction(beyond[0]) / scale):g}{unit}"
                problem = Bilingual(
                    f"“{parameter.title}”为 {written}，是否多写了小数位", f"{name} is {written}: is it meant?"
                )
                entry = draft.parameters.entries[name]
                for notice in noted(entry, "improbable_value", "values", problem, _REMEDY):
                    yield RuleFinding(notice.code, entry.at("values", index, "value"), problem, _REMEDY, notice.level)
