"""Numbers and names of documents: approval numbers, batches, agreement numbers, and how people cite them."""

from __future__ import annotations

from datetime import date
from random import Random

from eligibility.simulation.vocabulary import chinese_number

_PRIMES = (997, 9973, 99991, 999983)
_RENAMED = date(2018, 10, 25)  # the land offices became offices of natural resources
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


class Numbers:
    """Gives out document numbers, each once; `persons` says how large the district is."""

    def __init__(self, persons: int) -> None:
        self._serials = next(prime for prime in _PRIMES if prime > persons // 100 + 100 or prime == _PRIMES[-1])
        self._approvals = 0
        self._agreements = 0
        self._certificates = 0

    def approval(self, rng: Random, day: date, authority: str) -> tuple[str, str]:
        """Number and batch of a new approval, such as 云国土资复〔2012〕665号 and 2012年度第十批次."""
        self._approvals += 1
        serial = self._approvals * 211 % self._serials
        local = "云国土资复" if day < _RENAMED else "云自然资复"
        prefix = "国土资函" if authority == "state_council" and rng.random() < 0.6 and day < _RENAMED else local
        batch = f"{day.year}年度第{chinese_number(1 + self._approvals * 7 % 60)}批次"
        return f"{prefix}〔{day.year}〕{serial}号", batch

    def unknown(self, rng: Random, day: date) -> str:
        """A readable number that no approval has."""
        return f"云国土资复〔{day.year}〕{self._serials + rng.randrange(1, 900)}号"

    def agreement(self, day: date) -> str:
        """Number of a new agreement."""
        self._agreements += 1
        return f"呈征协{day.year}-{self._agreements:05d}"

    def certificate(self, day: date) -> str:
        """Number of a new title certificate."""
        self._certificates += 1
        return f"云呈农地承包权{day.year}第{self._certificates:07d}号"


def restyled(rng: Random, number: str) -> str:
    """The number in another readable form: other brackets, full-width digits, without 号, with spaces."""
    match rng.randrange(6):
        case 0:
            return number.replace("〔", "[").replace("〕", "]")
        case 1:
            return number.replace("〔", "（").replace("〕", "）")
        case 2:
            return number.replace("〔", "【").replace("〕", "】")
        case 3:
            return number.translate(_WIDE)
        case 4:
            return number.removesuffix("号")
        case _:
            return number.replace("〕", "〕 ").replace("号", " 号")


def garbled(rng: Random, number: str) -> str:
    """The number so that it cannot be read completely."""
    head, _, serial = number.partition("〕")
    digits = serial.removesuffix("号")
    match rng.randrange(4):
        case 0:
            return f"{head}〕{digits[:-1]}?号"
        case 1:
            return f"{head}〕  号"
        case 2:
            return f"{head.partition('〔')[0]}〔{head.partition('〔')[2][:2]}■■〕{serial}"
        case _:
            return "见省厅批复"
