"""Room on parcels beside what others certainly hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from eligibility.reconcile import room
from eligibility.reconcile.filling import Filling, greatest_filling
from eligibility.reconcile.ties import Tie
from reconcile.small_papers import NUMBERS, parcel


def test_what_shares_nothing_is_laid_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that could be anywhere makes one part of a whole province; its lines must not each be laid among all parcels."""
    seen: list[int] = []

    def watched(demands: Mapping[int, int], reach: Mapping[int, Iterable[int]], room_of: Mapping[int, int]) -> Filling:
        seen.append(len(room_of))
        return greatest_filling(demands, reach, room_of)

    monkeypatch.setattr(room, "greatest_filling", watched)
    ties = {i: Tie((parcel(i, NUMBERS[0], 3),), cited=True) for i in range(500)}
    found = room.Room(dict.fromkeys(ties, 2), ties)
    assert seen == [1] * 500
    assert found.left([parcel(7, NUMBERS[0], 3)], 3) == 1
