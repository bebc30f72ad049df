"""Days on which a parameter has no value although the rulebook is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Parameter
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.lint.noted import noted
from eligibility.rulebook.problems import RuleFinding

_REMEDY = Bilingual(
    "补上这段时间的值；不知道的写 value: null、status: unset",
    "give a value for those days; where it is not known, value: null with status: unset",
)


def timeline_gaps(draft: Draft) -> Iterator[RuleFinding]:
    """Gaps before the first value, between two, and after the last: there the policy is unset."""
    if draft.rulebook is None:
        return
    force = draft.rulebook.body.in_force
    for name, parameter in draft.timelines.items():
        for index, key, since, until in _gaps(parameter, force.since, force.until):
            span = f"{since}{f' 至 {until}（不含）' if until else ' 起'}"
            problem = Bilingual(
                f"“{parameter.title}”在 {span} 没有值，这期间按政策未明确处理",
                f"{name} has no value from {since}{f' until {until}' if until else ''}: policy_unset on those days",
            )
            entry = draft.parameters.entries[name]
            result = next(noted(entry, "timeline_gap", "values", problem, _REMEDY), None)
            if result is not None:
                yield RuleFinding(result.code, entry.at("values", index, key), problem, _REMEDY, result.level)


def _gaps(parameter: Parameter, begins: date, ends: date | None) -> Iterator[tuple[int, str, date, date | None]]:
    timeline = parameter.timeline
    if not timeline or any(later.since <= earlier.since for earlier, later in pairwise(timeline)):
        return
    if timeline[0].since > begins:
        yield 0, "since", begins, timeline[0].since
    for index, (earlier, later) in enumerate(pairwise(timeline)):
        if earlier.until is not None and earlier.until < later.since:
            yield index, "until", earlier.until, later.since
    last = timeline[-1].until
    if last is not None and (ends is None or last < ends):
        yield len(timeline) - 1, "until", last, ends
