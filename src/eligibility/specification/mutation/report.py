"""What the mutants say of a specification: the share noticed, by kind of slip, and the questions that remain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eligibility.domain.finding import Text
from eligibility.specification.mutation.formulas import Sort
from eligibility.specification.mutation.mutants import beyond_features, mutants_of
from eligibility.specification.mutation.survival import Fate, fates
from eligibility.specification.run import Specification

SORTS = {
    Sort.COMPARISON: Text("比较：含不含界线、方向", "comparisons: the line itself, the direction"),
    Sort.NUMBER: Text("数字：末位上下一格", "numbers: one step of the last digit"),
    Sort.VALUE: Text("取值：是否互换、名单少一项", "values: yes and no, a word fewer"),
    Sort.CONNECTIVE: Text("连接：“且”“或”互换", "connectives: and for or"),
    Sort.NEGATION: Text("否定：多一个或少一个“非”", "negations: one more or one fewer"),
    Sort.CLAUSE: Text("条款：整条删去", "clauses: one dropped"),
    Sort.KIND: Text("效力：改作另一类条款", "kinds: a clause of another effect"),
    Sort.REASON: Text("原因：少说一个待核原因", "reasons: one lost"),
    Sort.DAY: Text("日期：施行日、起止日移一天", "days: in force a day sooner or later"),
    Sort.ASSUMPTION: Text("推定：少列一个依据", "assumptions: one not listed"),
}


@dataclass(frozen=True)
class Survey:
    """All fates. `beyond` are parameters whose value no feature can see (`beyond_features`)."""

    fates: tuple[Fate, ...]
    beyond: tuple[str, ...]

    @property
    def killed(self) -> int:
        """Mutants that at least one row noticed."""
        return sum(fate.killer is not None for fate in self.fates)

    @property
    def equivalent(self) -> tuple[Fate, ...]:
        """Mutants shown to decide nothing otherwise."""
        return tuple(fate for fate in self.fates if fate.equivalent is not None)

    @property
    def survivors(self) -> tuple[Fate, ...]:
        """Mutants that decide otherwise, and nobody noticed."""
        return tuple(fate for fate in self.fates if fate.survives)

    @property
    def counted(self) -> int:
        """Mutants that could be noticed: all but the equivalent ones."""
        return len(self.fates) - len(self.equivalent)

    @property
    def share(self) -> float:
        """Of the mutants that could be noticed, the share that was, from 0 to 1; 1 where there are none."""
        return self.killed / self.counted if self.counted else 1.0

    def by_sort(self) -> list[tuple[Text, int, int, int]]:
        """A line a kind of slip that occurs: its title, killed, surviving, equivalent."""
        lines = []
        for sort, title in SORTS.items():
            some = [fate for fate in self.fates if fate.mutant.sort is sort]
            killed = sum(fate.killer is not None for fate in some)
            surviving = sum(fate.survives for fate in some)
            if some:
                lines.append((title, killed, surviving, len(some) - killed - surviving))
        return lines


def survey(specification: Specification, *, progress: Callable[[int, int], None] | None = None) -> Survey:
    """Try every mutant of the rulebook against its features; `progress` is told done and of how many.

    Raises Unusable unless the specification holds to begin with.
    """
    mutants = mutants_of(specification.policy)
    found: list[Fate] = []
    for fate in fates(specification, mutants):
        found.append(fate)
        if progress is not None:
            progress(len(found), len(mutants))
    return Survey(tuple(found), beyond_features(specification.policy))
