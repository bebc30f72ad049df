"""The made-up world as it really is, before any paper of it is damaged.

Land is counted in hundredths of a 亩 (`cents`); an approval prints ten-thousandths of a hectare (`units`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DECISION_DAY = date(2022, 10, 31)
"""The day for which the truth is told; nothing in the world happens after it."""

SCHEME_START = date(2009, 1, 1)
"""First day of the provincial scheme (云政发〔2008〕226号): land approved earlier may fall under older rules."""

LINE_CENTS = 30
"""Farmland a head, in cents, at or under which most land is lost; whether exactly the line counts is not settled."""

UNITS_PER_3_CENTS = 20
"""0.0001 ha in 0.03 亩: 1 ha = 15 亩, so 3 cents are 20 units."""

FARMLAND = ("basic_farmland", "farmland")
"""The land classes that are 耕地."""

EXPROPRIATING = ("expropriation", "reserve")
"""The kinds of agreement that an approval can cover."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a village group. `member_to` and `deceased_on` None: never so far. `dispute` is empty or its word."""

    resident_id: str
    name: str
    male: bool
    born: date
    member_from: date
    member_to: date | None = None
    deceased_on: date | None = None
    dispute: str = ""
    imprisoned: bool = False
    public_staff: bool = False
    officer: bool = False
    pension: str = "none"
    outsider: bool = False
    urban: bool = False
    studies: bool = False

    def member_on(self, day: date) -> bool:
        """Whether on the register and alive on `day`."""
        gone = (self.member_to is not None and day >= self.member_to) or (
            self.deceased_on is not None and day >= self.deceased_on
        )
        return self.member_from <= day and not gone

    def member_since(self, day: date) -> bool:
        """Whether on the register and alive on `day` or any later one."""
        return all(end is None or day < end for end in (self.member_to, self.deceased_on))

    def age_on(self, day: date) -> int:
        """Full years on `day`; someone born on 29 February has the birthday on 1 March."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def student_on(self, day: date) -> bool:
        """Whether at school on `day`: from 6 to 17, and those who study to 22."""
        age = self.age_on(day)
        return 6 <= age <= 17 or (self.studies and 18 <= age <= 22)


@dataclass(frozen=True, slots=True)
class Household:
    """A household and the farmland it contracted in the second round, before any expropriation."""

    household_id: str
    persons: tuple[Person, ...]
    own: int


@dataclass(frozen=True, slots=True)
class Group:
    """A village group, called 1组, 2组 … inside its community."""

    number: int
    households: tuple[Household, ...]
    equal_share: bool

    @property
    def name(self) -> str:
        """As it is usually written."""
        return f"{self.number}组"


@dataclass(frozen=True, slots=True)
class Community:
    """A community of a street, and the state of its land papers."""

    street: str
    name: str
    groups: tuple[Group, ...]
    titled_on: date | None
    ledger: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """One line of an approval: whose land (no groups: the whole community's), of which class, how much as printed."""

    community: str
    groups: tuple[int, ...]
    ownership: str
    land_class: str
    units: int


@dataclass(frozen=True, slots=True)
class Approval:
    """A 批文 that was really given. `competent`: by an authority that may; `lost`: it is not in the dossier.

    `short`: the parcels of single groups print less than was agreed for; the rest is under a supplement that is lost.
    """

    number: str
    authority: str
    day: date
    project: str
    batch: str
    works: bool
    parcels: tuple[Parcel, ...]
    competent: bool
    lost: bool
    short: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Land of one agreement line that one approval really covers (None: no approval ever did)."""

    land_class: str
    approval: Approval | None
    cents: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """A 征地协议 with a group, or (group 0) with the whole community. `roll` is (household, cents), the true losses."""

    number: str
    community: Community
    group: int
    signed_on: date
    project: str
    kind: str
    links: tuple[Link, ...]
    roll: tuple[tuple[Household, int], ...]
    yuan_a_mu: int


@dataclass(frozen=True, slots=True)
class Taking:
    """Farmland of one household that really went, with the agreement and the approval (None: never approved)."""

    agreement: str
    kind: str
    cents: int
    approval: Approval | None

    @property
    def lawful(self) -> bool:
        """Whether it counts as loss: by a competent approval on or after the start of the scheme."""
        return self.approval is not None and self.approval.competent and self.approval.day >= SCHEME_START


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One or two communities of a street that share projects: what is made, and written, at a time."""

    communities: tuple[Community, ...]
    approvals: tuple[Approval, ...]
    agreements: tuple[Agreement, ...]
    takings: dict[str, tuple[Taking, ...]]
