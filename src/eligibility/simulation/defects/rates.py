"""How often each defect of an office occurs: none by default, all at the profile `office`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Self

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.simulation.rates import Rates, out_of_range, parse_rate

PROFILES = ("usual", "office")
"""Named profiles: `usual` has no defect of this kind, `office` has all of them."""


@dataclass(frozen=True, slots=True)
class Defects:
    """Shares of papers (a table of a community), tables, columns, agreements, households or rows that a defect spoils.

    Each spoils the papers only; the truth beside them stays. `docs/simulation.md` lists them.
    """

    # a table of a community, as one office keeps it
    group_spelling: float = 0.0  # 上村三组, 三社, 3队, 3号组, 三组（上村）
    group_with_community: float = 0.0  # the group stands behind the community, its own cell is blank
    community_spelling: float = 0.0  # 呈贡县…乡…村委会, …行政村, …（原…村委会）
    household_restart: float = 0.0  # numbers of households begin again in each group, or in the community
    subtotals: float = 0.0  # a row 小计 stands among the rows
    # tables and columns of the whole dossier
    missing_columns: float = 0.0  # an optional column is not there
    unit_in_title: float = 0.0  # areas are in 公顷 or 平方米, which stands in the title alone
    # agreements and approvals
    unread_agreements: float = 0.0  # stand only in a letter beside the tables
    over_claimed: float = 0.0  # a parcel prints less than agreements claim of it
    roll_in_m2: float = 0.0  # a roll is in 平方米, which stands nowhere
    # households
    household_over_groups: float = 0.0  # one of its persons stands in another group
    certificate_reissued: float = 0.0  # under a new number, the old one not marked as withdrawn
    certificate_twice: float = 0.0  # its number written in two ways
    # persons and rows
    person_twice: float = 0.0  # under a second, mistyped id
    death_remark: float = 0.0  # a death stands in the remarks and not in its column
    plots: float = 0.0  # certificates, agreements, parcels: plot by plot
    merged_area: float = 0.0  # one area over several plots
    group_total_slip: float = 0.0  # the decimal point of a group's total slipped
    roll_slip: float = 0.0  # that of a line of a roll
    area_zero: float = 0.0  # 0 for blank
    wrong_date: float = 0.0  # a day in the future, before all papers, or of no calendar
    date_spelling: float = 0.0  # 2013.05.01（批准）, 二〇一三年五月一日, 13.5.1
    row_twice: float = 0.0
    row_cut: float = 0.0  # a row of a csv file breaks off

    def __post_init__(self) -> None:
        wrong = [name for name in names() if not 0 <= getattr(self, name) <= 1]
        if wrong:
            raise InputError(*(out_of_range(name, str(getattr(self, name))) for name in wrong))

    @classmethod
    def office(cls) -> Self:
        """Every defect as often as a bad office might have it."""
        often = dict.fromkeys(("group_spelling", "community_spelling", "subtotals"), 0.1)
        papers = dict.fromkeys(("group_with_community", "household_restart", "unit_in_title"), 0.05)
        return cls(**dict.fromkeys(names(), 0.01) | often | papers)

    @property
    def any(self) -> bool:
        """Whether some rate is above 0."""
        return any(getattr(self, name) > 0 for name in names())


def names() -> list[str]:
    """The names of the defects, in the order in which they spoil the papers."""
    return [field.name for field in fields(Defects)]


def chosen_rates(options: Iterable[str], profile: str = "usual") -> tuple[Rates, Defects]:
    """The rates and defects of a profile, changed by `name=value` options.

    Raises InputError for a profile or name that does not exist, or a value outside 0 to 1.
    """
    if profile not in PROFILES:
        problem = Bilingual(f"没有这个缺陷组合「{profile}」", f"there is no profile “{profile}”")
        remedy = Bilingual(f"可用:{'、'.join(PROFILES)}", f"possible: {', '.join(PROFILES)}")
        raise InputError(Diagnostic("bad_option", SourceLocation("--noise"), problem, remedy))
    mine, others = dict[str, float](), list[str]()
    for option in options:
        if option.partition("=")[0].strip() not in names():
            others.append(option)
            continue
        parsed = parse_rate(option, names())
        if isinstance(parsed, Diagnostic):
            raise InputError(parsed)
        mine |= dict([parsed])
    defects = Defects.office() if profile == "office" else Defects()
    return Rates.from_options(others, also=names()), replace(defects, **mine)
