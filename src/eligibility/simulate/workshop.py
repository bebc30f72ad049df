"""What every maker of the world needs at hand."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from eligibility.simulate.chance import Luck
from eligibility.simulate.documents import Numbers
from eligibility.simulate.identity import Identities


@dataclass(frozen=True, slots=True)
class Workshop:
    """A stream of chance, the troubles, and the numbers given out so far."""

    rng: Random
    luck: Luck
    ids: Identities
    numbers: Numbers
