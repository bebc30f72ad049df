"""Ranges of coverage equal their meaning: every admissible allocation of small papers, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reconcile.coverage import Coverage, candidates, cover, divide
from eligibility.reconcile.misplaced import cited_elsewhere, with_rivals
from eligibility.reconcile.papers import ANY_AREA, Approval, Papers, Parcel
from eligibility.reconcile.positive_evidence import Claim, find_claims
from reconcile.small_papers import DAY, NUMBERS, Allocation, admissible, fillings, line, parcel, small_papers

ONE, TWO = frozenset({"1"}), frozenset({"2"})
FIRST, SECOND = NUMBERS


@settings(max_examples=150, deadline=None)
@given(small_papers())
def test_least_is_what_rivals_leave_at_worst_unless_all_claims_close_as_a_set(papers: Papers) -> None:
    possible = candidates(papers)
    found = cover(possible, divide(papers, possible))
    claims = with_rivals(find_claims(papers, possible), cited_elsewhere(papers), papers)
    for index, claim in claims.items():
        assert found[index].least == (least_by_hand(index, papers, claims) if claim.binding else 0)


def least_by_hand(index: int, papers: Papers, claims: Mapping[int, Claim]) -> int:
    """The definition: a citation is rivalled by citations and binding names, a claim by name by every claim.

    Where all expropriations together leave it short in some best filling, nothing is certain but what all of them leave.
    """
    area, claim = papers.lines[index].area, claims[index]
    wanted = wanted_by_hand(papers, claims)
    short = left_short(index, papers, wanted)
    binding = {i: other for i, other in claims.items() if other.cited or other.binding}
    if not short and (closes(index, papers, claims) or (claim.cited and closes(index, papers, binding))):
        return area
    mine = {p.index for p in claim.parcels}
    rivals = {i: [p.index for p in claims[i].parcels] for i in (binding if claim.cited else claims)}
    rivals |= wanted if short else {}
    used = max(sum(a for (_, p), a in one.items() if p in mine) for one in flow(rivals, papers, without=index))
    left = min(area, sum(p.area for p in claim.parcels) - used)
    return left if claim.cited or left == area else 0


def wanted_by_hand(papers: Papers, claims: Mapping[int, Claim]) -> dict[int, list[int]]:
    """What each expropriation must be of: what it cites or names, else whatever could cover it."""
    possible = candidates(papers)
    return {
        one.index: [p.index for p in (claims[one.index].parcels if one.index in claims else possible[one.index])]
        for one in papers.lines
        if one.index in claims or one.cited not in (*NUMBERS, "、".join(NUMBERS))
    }


def left_short(index: int, papers: Papers, wanted: Mapping[int, list[int]]) -> bool:
    """Whether some filling that covers as much as any leaves the line short."""
    allocations = list(flow(wanted, papers)) if index in wanted else []
    best = max((sum(one.values()) for one in allocations), default=0)
    mine = [sum(a for (i, _), a in one.items() if i == index) for one in allocations if sum(one.values()) == best]
    return any(area < papers.lines[index].area for area in mine)


def flow(reach: Mapping[int, list[int]], papers: Papers, without: int | None = None) -> Iterator[Allocation]:
    """Every way in which the lines can draw on what they reach."""
    wishes = [(i, papers.lines[i].area, places) for i, places in reach.items() if i != without]
    return fillings(wishes, {p.index: p.area for p in papers.parcels})


def closes(index: int, papers: Papers, claims: Mapping[int, Claim]) -> bool:
    """Whether all claims that bear on the line's parcels, directly or through others, can be satisfied at once."""
    bearing, places = {index}, {p.index for p in claims[index].parcels}
    while more := {i for i, claim in claims.items() if i not in bearing and places & {p.index for p in claim.parcels}}:
        bearing |= more
        places |= {p.index for i in more for p in claims[i].parcels}
    best = max(sum(one.values()) for one in ways(sorted(bearing), papers, claims))
    return best == sum(papers.lines[i].area for i in bearing)


def ways(lines: list[int], papers: Papers, claims: Mapping[int, Claim]) -> Iterator[Allocation]:
    """Every way in which the lines can draw on what they claim."""
    wishes = [(i, papers.lines[i].area, [p.index for p in claims[i].parcels]) for i in lines]
    return fillings(wishes, {p.index: p.area for p in papers.parcels})


@settings(max_examples=100, deadline=None)
@given(small_papers(lines=3))
def test_ranges_are_the_least_and_the_greatest_over_all_admissible_allocations(papers: Papers) -> None:
    possible = candidates(papers)
    found = cover(possible, divide(papers, possible))
    reach = {i: [*parcels, *cited_elsewhere_by_hand(papers, i)] for i, parcels in possible.items()}
    allocations = admissible(papers, reach, found)
    assert allocations
    for index, coverage in found.items():
        totals = {sum(a for (i, _), a in one.items() if i == index) for one in allocations}
        assert (coverage.least, coverage.most) == (min(totals), max(totals))
        for key in {p.approval for p in reach[index]}:
            of = {p.index for p in reach[index] if p.approval == key}
            given_by = {sum(a for (i, p), a in one.items() if i == index and p in of) for one in allocations}
            assert coverage.shares.get(key, (0, 0)) == (min(given_by), max(given_by))


def cited_elsewhere_by_hand(papers: Papers, index: int) -> list[Parcel]:
    """Land of approvals that the line cites though none of it is in its groups: place or number is wrong, so it may be meant."""
    line = papers.lines[index]
    away = []
    for number in line.cited.split("、") if line.cited in (*NUMBERS, "、".join(NUMBERS)) else ():
        listed = [p for p in papers.parcels if p.approval == number]
        if not any(not line.groups or not p.groups or line.groups & p.groups for p in listed):
            away += listed
    return away


@settings(max_examples=100, deadline=None)
@given(small_papers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(papers: Papers, chance: object) -> None:
    lines = list(papers.lines)
    chance.shuffle(lines)  # type: ignore[attr-defined]
    again = Papers(papers.approvals, papers.parcels, tuple(lines))
    first, second = _covered(papers), _covered(again)
    assert {i: (c.least, c.most, c.shares) for i, c in first.items()} == {
        i: (c.least, c.most, c.shares) for i, c in second.items()
    }


def covered(*, lines: list[object], parcels: list[object], **more: object) -> dict[int, tuple[int, int]]:
    """(least, most) of every line of a dossier with the two approvals of one project."""
    approvals = {no: Approval(no, no, "province", DAY, DAY, "湖滨路", "", False, False) for no in NUMBERS}
    papers = Papers(approvals, tuple(parcels), tuple(lines), **more)  # type: ignore[arg-type]
    return {i: (c.least, c.most) for i, c in _covered(papers).items()}


def test_claims_that_can_all_be_satisfied_at_once_are_all_certain() -> None:
    # the second names the project and could use up the first parcel, but then the third would lie idle
    lines = [line(0, 10, FIRST, ONE), line(1, 10, "", ONE, "湖滨路")]
    parcels = [parcel(0, FIRST, 10, ONE), parcel(1, SECOND, 10, ONE)]
    assert covered(lines=lines, parcels=parcels) == {0: (10, 10), 1: (10, 10)}
    # one 亩 too little: what is left in the worst case counts again, and a name that does not close counts nothing
    assert covered(lines=[lines[0], replace(lines[1], area=11)], parcels=parcels) == {0: (0, 10), 1: (0, 11)}


def test_closing_is_judged_within_the_rounding_of_the_print() -> None:
    parcels = [parcel(0, FIRST, 1_000, ONE, half_unit=5)]
    assert covered(lines=[line(0, 600, FIRST, ONE), line(1, 405, FIRST, ONE)], parcels=parcels)[1] == (405, 405)
    assert covered(lines=[line(0, 600, FIRST, ONE), line(1, 406, FIRST, ONE)], parcels=parcels)[1] == (400, 406)
    lines = [line(0, 600, FIRST, ONE), line(1, 406, FIRST, ONE, half_unit=1)]
    assert covered(lines=lines, parcels=parcels)[1] == (406, 406)


def test_no_claim_is_certain_in_full_where_all_that_must_be_of_one_approval_exceed_it() -> None:
    parcels = [parcel(0, FIRST, 20, ONE)]
    cited, silent = line(0, 20, FIRST, ONE), line(1, 20, "", ONE, "别的工程")
    assert covered(lines=[cited, silent], parcels=parcels) == {0: (0, 20), 1: (0, 20)}
    assert covered(lines=[replace(cited, area=15), replace(silent, area=7)], parcels=parcels)[0] == (13, 15)
    # it may be of another approval, is a reserve, or cites what is not here: then it is no rival of a citation
    roomy = [*parcels, parcel(1, SECOND, 20, ONE)]
    assert covered(lines=[cited, silent], parcels=roomy)[0] == (20, 20)
    for other in (replace(silent, kind="reserve"), replace(silent, cited="云国土资复〔2013〕99号")):
        assert covered(lines=[cited, other], parcels=parcels)[0] == (20, 20)


def test_a_coarse_figure_speaks_against_certainty_and_never_for_it() -> None:
    mu, coarse = 1_000_000, 7_500_000  # 公顷 without decimals
    exact = parcel(0, FIRST, 20 * mu, ONE, half_unit=750)
    two_hectares = line(0, 30 * mu, FIRST, ONE, half_unit=coarse)
    # 30 亩 of 20: that it may have been 22.5 does not make it covered, and that it may have been 37.5 counts
    assert covered(lines=[two_hectares], parcels=[exact])[0][0] == int(12.5 * mu)
    assert covered(lines=[two_hectares], parcels=[replace(exact, area=40 * mu)])[0] == (30 * mu, 30 * mu)
    thirty = line(0, 30 * mu, FIRST, ONE, half_unit=5_000)
    assert covered(lines=[thirty], parcels=[replace(exact, area=30 * mu, half_unit=coarse)])[0][0] == int(22.5 * mu)
    # whole 亩, as a spreadsheet shows them, are no coarse figure, nor do they close over more than a hundredth
    whole = line(0, 20 * mu, FIRST, ONE, half_unit=500_000)
    assert covered(lines=[whole], parcels=[exact])[0] == (20 * mu, 20 * mu)
    assert covered(lines=[whole], parcels=[replace(exact, area=19 * mu)])[0][0] == 19 * mu


def test_an_agreement_that_could_not_be_read_is_a_rival_of_unknown_size() -> None:
    lines, parcels = [line(0, 6, FIRST, ONE)], [parcel(0, FIRST, 10, frozenset({"1", "2"}))]
    assert covered(lines=lines, parcels=parcels)[0] == (6, 6)
    lost = (replace(line(7, ANY_AREA, FIRST, TWO), conflict=True),)
    assert covered(lines=lines, parcels=parcels, rejected_lines=lost)[0] == (0, 6)
    assert covered(lines=lines, parcels=parcels, rejected_lines=(replace(lost[0], cited=SECOND),))[0] == (6, 6)


def test_a_parcel_that_could_not_be_read_may_cover_what_nothing_else_covers() -> None:
    lines, parcels = [line(0, 6, "", ONE)], [parcel(0, FIRST, 10, TWO)]
    assert covered(lines=lines, parcels=parcels)[0] == (0, 0)
    assert covered(lines=lines, parcels=parcels, rejected_parcels=(parcel(9, SECOND, ANY_AREA),))[0] == (0, 6)


def test_a_citation_of_which_one_number_is_not_in_the_dossier_binds_nothing_but_is_a_rival() -> None:
    parcels = [parcel(0, FIRST, 10, ONE)]
    rest = line(1, 4, "", ONE, "湖滨路")
    assert covered(lines=[rest], parcels=parcels)[1] == (4, 4)
    partly = line(0, 9, f"{FIRST}、云国土资复〔2013〕99号", ONE)
    assert covered(lines=[partly, rest], parcels=parcels) == {0: (0, 9), 1: (0, 4)}


def _covered(papers: Papers) -> dict[int, Coverage]:
    possible = candidates(papers)
    return cover(possible, divide(papers, possible))
