"""What is paid of each period: exactly the least and greatest over every way to lay the payments on the periods."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.money.matching import match_person

PERIODS = ("2022-01", "2022-02", "2022-03")
dues = st.fixed_dictionaries({period: st.integers(0, 3) for period in PERIODS})
payments = st.lists(st.tuples(st.sampled_from(("", *PERIODS)), st.integers(1, 3)), max_size=4)


def every_way(due: dict[str, int], paid: list[tuple[str, int]]) -> list[dict[str, int]]:
    """Every allocation that leaves nothing over that a period could take: unit by unit."""
    named = {period: min(due[period], sum(fen for of, fen in paid if of == period)) for period in due}
    free = sum(fen for of, fen in paid if not of)
    room = {period: due[period] - named[period] for period in due}
    wanted = min(free, sum(room.values()))
    found = [
        dict(zip(due, taken, strict=True))
        for taken in product(*(range(room[period] + 1) for period in due))
        if sum(taken) == wanted
    ]
    return [{period: named[period] + taken[period] for period in due} for taken in found]


@settings(max_examples=300)
@given(dues, payments)
def test_the_bounds_are_those_of_every_allocation(due: dict[str, int], paid: list[tuple[str, int]]) -> None:
    made = match_person(due, paid)
    ways = every_way(due, paid)
    assert {one.period: (one.least, one.most) for one in made.periods} == {
        period: (min(way[period] for way in ways), max(way[period] for way in ways)) for period in due
    }
    assert sum(made.beyond.values()) == sum(fen for _, fen in paid) - sum(ways[0].values())


@given(dues, payments)
def test_money_given_back_whole_leaves_nothing_paid(due: dict[str, int], paid: list[tuple[str, int]]) -> None:
    back = [("", -sum(fen for _, fen in paid))]
    made = match_person(due, [*paid, *back])
    assert all(one.least == 0 for one in made.periods)
    assert sum(made.beyond.values()) == 0
    assert all(one.most == 0 for one in made.periods if one.due == 0)


@given(dues)
def test_exactly_what_is_due_is_paid_in_full_and_in_one_sum(due: dict[str, int]) -> None:
    for paid in (list(due.items()), [("", sum(due.values()))]):
        made = match_person(due, paid)
        assert {one.state for one in made.periods} <= {"paid"}
        assert made.beyond == {}
