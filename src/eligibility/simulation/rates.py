"""How often each trouble of the papers occurs in a made-up district: one number between 0 and 1 for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

from rapidfuzz import process

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of communities, projects, agreements or persons that a trouble befalls; `docs/simulation.md` lists them.

    Rates of communities, groups, projects and agreements are quotas (the share is kept to within one); the rates of
    households, persons and rows are chances.
    """

    # communities
    no_title: float = 0.12  # never issued title certificates (确权证)
    no_ledger: float = 0.4  # whose contract ledger nobody confirmed
    late_title: float = 0.08  # whose certificates were issued in 2015 to 2017, often after land was taken
    # groups
    equal_share: float = 0.12  # shared the compensation equally (匀分), so that the roll tells no land
    several_takings: float = 0.35  # lost land to more than one project
    # projects and approvals
    before_start: float = 0.08  # approved before 2009-01-01
    reserve_without_approval: float = 0.07  # land bought into reserve (收储) with no approval
    lease: float = 0.06  # leased or occupied instead of expropriated (以租代征)
    incompetent: float = 0.05  # approved by an authority that may not
    special_works: float = 0.04  # reservoirs and hydropower
    split_project: float = 0.15  # one project over several approvals
    batch_contradicted: float = 0.01  # approvals whose project names another batch than their batch cell
    joint_parcel: float = 0.12  # one line of an approval for two or three groups together
    community_parcel: float = 0.05  # one line of an approval for a whole community
    approval_lost: float = 0.04  # approvals that exist but are not in the dossier
    over_expropriated: float = 0.02  # approvals of less than was agreed; their supplement is not in the dossier
    # agreements
    whole_community: float = 0.06  # signed with the community, not with the group
    signed_before: float = 0.08  # signed before the approval (未批先征)
    citation_blank: float = 0.12  # cites no approval
    citation_garbled: float = 0.04  # cites one that cannot be read
    citation_unknown: float = 0.03  # cites a number that no approval has
    citation_style: float = 0.3  # cites it readably in another form: brackets, widths, 号 missing
    project_blank: float = 0.1  # names no project
    unit_slip: float = 0.01  # prints its area in the wrong unit: 亩 as 公顷, 平方米 as 亩
    signed_twice: float = 0.01  # stands twice, under two numbers, for the same land
    missing_roll: float = 0.06  # no roll of households at all
    incomplete_roll: float = 0.05  # a roll with lines missing
    # households
    at_threshold: float = 0.01  # keep exactly 0.30 亩 a head
    title_withdrawn: float = 0.5  # lost everything and had the certificate withdrawn afterwards
    # persons
    outmarried: float = 0.01  # 外嫁女
    inmarried: float = 0.02  # 入赘
    empty_hukou: float = 0.003  # 空挂户
    late_joiner: float = 0.01  # moved in after the approval
    urban_hukou: float = 0.02  # 农转城: an urban household register, still a member
    imprisoned: float = 0.002
    unknown_status: float = 0.02  # one cell of the person's status blank
    invalid_id: float = 0.003  # wrong checksum, length or date
    old_id: float = 0.005  # 15 digits
    duplicate: float = 0.001  # the row stands twice
    conflicting_duplicate: float = 0.001  # a second row says otherwise
    disagreement: float = 0.005  # a confirmation that disagrees
    incomplete_confirmation: float = 0.01
    # rows of any table
    vague_date: float = 0.002  # a date without its day
    cell_noise: float = 0.05  # a readable cell in another form: widths, spaces, 亩, date forms
    unreadable: float = 0.0005  # a cell that cannot be read

    def __post_init__(self) -> None:
        wrong = [name for name in _names() if not 0 <= getattr(self, name) <= 1]
        if wrong:
            raise InputError(*(out_of_range(name, str(getattr(self, name))) for name in wrong))

    @classmethod
    def none(cls) -> Self:
        """A clean district: no trouble at all, every household touched by one approval at most."""
        return cls(**dict.fromkeys(_names(), 0.0))

    @classmethod
    def from_options(cls, options: Iterable[str], *, also: Sequence[str] = ()) -> Self:
        """The default rates changed by `name=value` options; InputError for a wrong name or a value outside 0 to 1.

        `also`: names of other things, to be named where a name is mistaken.
        """
        parsed = [parse_rate(option, _names(), also) for option in options]
        findings = [one for one in parsed if isinstance(one, Diagnostic)]
        if findings:
            raise InputError(*findings)
        return replace(cls(), **dict(one for one in parsed if not isinstance(one, Diagnostic)))


def _names() -> list[str]:
    return [field.name for field in fields(Rates)]


def parse_rate(option: str, known: Sequence[str], also: Sequence[str] = ()) -> tuple[str, float] | Diagnostic:
    """Name and value of a `name=value` option, or what is wrong with it."""
    name, equals, value = (part.strip() for part in option.partition("="))
    if not equals:
        return _finding(option, Bilingual("缺少等号", "there is no equals sign"), "NAME=VALUE, no_title=0.2")
    if name not in known:
        near = process.extractOne(name, [*known, *also])
        return _finding(option, Bilingual("没有这个比例", "there is no such rate"), f"{near[0]}={value or 0.1}")
    try:
        number = float(value)
    except ValueError:
        return out_of_range(name, value)
    return (name, number) if 0 <= number <= 1 else out_of_range(name, value)


def out_of_range(name: str, value: str) -> Diagnostic:
    """A rate that is no number from 0 to 1."""
    problem = Bilingual(f"比例须为 0 到 1 之间的数,现为「{value}」", f"a rate is a number from 0 to 1, not “{value}”")
    return _finding(f"{name}={value}", problem, f"{name}=0.1")


def _finding(option: str, problem: Bilingual, example: str) -> Diagnostic:
    remedy = Bilingual(f"请改为如 {example}", f"write it as {example}")
    return Diagnostic("bad_rate", SourceLocation(f"--rate {option}"), problem, remedy)
