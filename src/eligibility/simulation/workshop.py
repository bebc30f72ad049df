"""What every maker of the world needs at hand."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from eligibility.simulation.chance import Luck
from eligibility.simulation.documents import Numbers
from eligibility.simulation.identity import Identities


@dataclass(frozen=True, slots=True)
class Workshop:
    """A stream of chance, the troubles, and the numbers given out so far."""

    rng: Random
    luck: Luck
    ids: Identities
    numbers: Numbers
