"""Report of mutation testing: the share of detected mutants by kind of mutation, and the surviving ones as questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eligibility.model.diagnostic import Bilingual
from eligibility.specification.mutation.formulas import Sort
from eligibility.specification.mutation.mutants import beyond_features, mutants_of
from eligibility.specification.mutation.survival import MutantResult, run_mutants
from eligibility.specification.run import Specification

SORTS = {
    Sort.COMPARISON: Bilingual("比较：含不含界线、方向", "comparisons: the line itself, the direction"),
    Sort.NUMBER: Bilingual("数字：末位上下一格", "numbers: one step of the last digit"),
    Sort.VALUE: Bilingual("取值：是否互换、名单少一项", "values: yes and no, a word fewer"),
    Sort.CONNECTIVE: Bilingual("连接：“且”“或”互换", "connectives: and for or"),
    Sort.NEGATION: Bilingual("否定：多一个或少一个“非”", "negations: one more or one fewer"),
    Sort.CLAUSE: Bilingual("条款：整条删去", "clauses: one dropped"),
    Sort.KIND: Bilingual("效力：改作另一类条款", "kinds: a clause of another effect"),
    Sort.REASON: Bilingual("原因：少说一个待核原因", "reasons: one lost"),
    Sort.DAY: Bilingual("日期：施行日、起止日移一天", "days: in force a day sooner or later"),
    Sort.ASSUMPTION: Bilingual("推定：少列一个依据", "assumptions: one not listed"),
}


@dataclass(frozen=True)
class MutationReport:
    """All results. `beyond` are parameters whose value no feature can test (`beyond_features`)."""

    results: tuple[MutantResult, ...]
    beyond: tuple[str, ...]

    @property
    def killed(self) -> int:
        """Number of mutants that at least one row detects."""
        return sum(mutant_result.killer is not None for mutant_result in self.results)

    @property
    def equivalent(self) -> tuple[MutantResult, ...]:
        """Mutants proven to be equivalent."""
        return tuple(mutant_result for mutant_result in self.results if mutant_result.equivalent is not None)

    @property
    def survivors(self) -> tuple[MutantResult, ...]:
        """Mutants that no row detects and that are not proven equivalent."""
        return tuple(mutant_result for mutant_result in self.results if mutant_result.survives)

    @property
    def counted(self) -> int:
        """Number of mutants that could be detected: all except the equivalent ones."""
        return len(self.results) - len(self.equivalent)

    @property
    def share(self) -> float:
        """Share of detected mutants among those that could be detected, 0 to 1; 1 if there are none."""
        return self.killed / self.counted if self.counted else 1.0

    def by_sort(self) -> list[tuple[Bilingual, int, int, int]]:
        """Return for each kind of mutation that occurs: title, killed, surviving, equivalent."""
        lines = []
        for sort, title in SORTS.items():
            some = [mutant_result for mutant_result in self.results if mutant_result.mutant.sort is sort]
            killed = sum(mutant_result.killer is not None for mutant_result in some)
            surviving = sum(mutant_result.survives for mutant_result in some)
            if some:
                lines.append((title, killed, surviving, len(some) - killed - surviving))
        return lines


def mutation_report(
    specification: Specification, *, progress: Callable[[int, int], None] | None = None
) -> MutationReport:
    """Run the features against every mutant of the rulebook; `progress` receives the number done and the total.

    Raises InputError if the unmutated specification fails.
    """
    mutants = mutants_of(specification.policy)
    results: list[MutantResult] = []
    for mutant_result in run_mutants(specification, mutants):
        results.append(mutant_result)
        if progress is not None:
            progress(len(results), len(mutants))
    return MutationReport(tuple(results), beyond_features(specification.policy))
