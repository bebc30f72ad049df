"""Invented resident ids: valid by their checksum, unique by construction, and nobody's.

The region code 530199 looks like Kunming and has never been given out, so no invented id can be a living person's.
"""

from __future__ import annotations

from datetime import date
from random import Random

from eligibility.model.resident_id import check_character

_REGIONS = ("530199", "530198", "530197", "530196")
_CHECK = "10X98765432"
_A_DAY = 499  # sequence numbers of one sex on one day in one region; prime, so that a stride visits all


class Identities:
    """Gives out resident ids; remembers only how many were given for each birthday and sex."""

    def __init__(self) -> None:
        self._given: dict[tuple[int, bool], int] = {}

    def issue(self, born: date, *, male: bool) -> str:
        """A new valid id of 18 characters, never given before by this object."""
        key = (born.toordinal(), male)
        count = self._given.get(key, 0)
        self._given[key] = count + 1
        region, turn = divmod(count, _A_DAY)
        sequence = 2 * ((turn * 211 + key[0] * 37) % _A_DAY) + (1 if male else 2)
        first17 = f"{_REGIONS[region]}{born:%Y%m%d}{sequence:03d}"
        return first17 + check_character(first17)


def old_form(resident_id: str) -> str:
    """The 15-digit form of an id of a person born in 19xx; it upgrades to the same id."""
    return resident_id[:6] + resident_id[8:17]


def spoil(rng: Random, resident_id: str) -> str:
    """The id written down wrongly: checksum, length, a letter, or a month that does not exist. Stays unique."""
    match rng.randrange(4):
        case 0:
            return resident_id[:17] + _CHECK[(_CHECK.index(resident_id[17]) + 1 + rng.randrange(10)) % 11]
        case 1:
            return resident_id[:17]
        case 2:
            return resident_id[:2] + "O" + resident_id[3:]
        case _:
            first17 = f"{resident_id[:10]}{int(resident_id[10:12]) + 12}{resident_id[12:17]}"
            return first17 + check_character(first17)
