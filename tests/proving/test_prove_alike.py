"""Invented rulebooks and every small change of them: what is proved to alter nothing alters nothing for anybody."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from eligibility.engine import Outcome
from eligibility.model.policy import Policy
from eligibility.model.readings import with_readings
from eligibility.proving import Verdict, Versions
from eligibility.specification.mutation.formulas import Sort
from eligibility.specification.mutation.mutants import mutants_of
from proving.small_books import DAY, NarrowBook, SmallBook, rows
from proving.test_prove_brute_force import EXAMPLES, MOST, Row, books, decided

TALLY: Counter[str] = Counter()


@settings(
    max_examples=max(4, EXAMPLES // 2),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
@given(book=books())
def test_a_change_that_is_proved_to_alter_nothing_alters_nothing(book: SmallBook) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = book.write(Path(root))
        versions = Versions(folder, DAY, book_of=lambda side, search: NarrowBook(side, search, most=MOST))
        policy = versions.book(DAY).policy
        everybody = [(row, told(policy, row)) for row in rows(policy, MOST)]
        mutants = [mutant for mutant in mutants_of(policy) if mutant.sort is not Sort.DAY]
        for mutant in mutants[:: max(1, len(mutants) // 12)]:
            changed = with_readings(mutant.apply(policy))
            same = all(told(changed, row) == before for row, before in everybody)
            verdict = versions.altered(mutant.apply).verdict
            assert verdict is (Verdict.PROVED if same else Verdict.FAILED), (mutant.deed, book)
            TALLY[verdict.value] += 1


def told(policy: Policy, row: Row) -> tuple[object, ...]:
    result = decided(policy, row)
    return result.outcome, result.reasons


def test_which_of_two_programmes_a_case_is_led_to_is_told_too(tmp_path: Path) -> None:
    """Everybody whom the narrower clause leads elsewhere is led there by the wider one, so that no outcome is altered."""
    clauses = {"wide": {"kind": "elsewhere", "when": "k"}, "narrow": {"kind": "elsewhere", "when": "both"}}
    folder = SmallBook({"k": "t", "both": "t and u"}, clauses).write(tmp_path)

    def widened(policy: Policy) -> Policy:
        wider = replace(policy.clauses["narrow"], when=policy.clauses["wide"].when)
        return replace(policy, clauses={**policy.clauses, "narrow": wider})

    versions = Versions(folder, DAY, book_of=lambda side, search: NarrowBook(side, search, most=MOST))
    policy = versions.book(DAY).policy
    row = next(row for row in rows(policy, MOST) if told(policy, row) == (Outcome.REGISTER, ("wide",)))
    assert told(with_readings(widened(policy)), row) == (Outcome.REGISTER, ("narrow", "wide"))
    assert versions.altered(widened).verdict is Verdict.FAILED


def test_there_were_changes_of_both_kinds() -> None:
    if not TALLY:
        test_a_change_that_is_proved_to_alter_nothing_alters_nothing()
    assert TALLY["proved"] and TALLY["failed"]
    print(dict(TALLY))
