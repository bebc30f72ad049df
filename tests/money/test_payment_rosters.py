"""Payment rosters: only completed cases, only the difference to what was reckoned before, exact to the 分, superseded and never edited."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from eligibility.application.payments.budget import budget_of
from eligibility.application.record.place import record_of
from eligibility.application.record.verify import verify
from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from eligibility.model.resident_id import mask
from money.paying_office import OLD, OPEN, TURNING, UNSIGNED, YOUNG, PayingOffice, person

QUARTER = ((2022, 1), (2022, 3))
PAID = (YOUNG, OLD, TURNING)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> PayingOffice:
    """Decided, and signed for three persons; one is eligible and not signed, one is in review."""
    office = PayingOffice(tmp_path_factory.mktemp("paying"))
    office.decide()
    office.sign(*PAID)
    return office


@pytest.fixture
def office(signed: PayingOffice, tmp_path: Path) -> PayingOffice:
    """A copy of it, to work in."""
    copy = PayingOffice.__new__(PayingOffice)
    copy.folder = Path(shutil.copytree(signed.folder, tmp_path / "office"))
    copy.run, copy.rules = copy.folder / "out", copy.folder / "rules" / "km-reform"
    return copy


def said(made, number: int) -> dict[tuple[str, str], int]:
    return {(one.benefit, one.period): one.fen for one in made.roster.lines if one.resident_id == person(number)}


def test_who_is_complete_gets_what_the_law_says_and_nobody_else_anything(office: PayingOffice) -> None:
    made = office.roster(*QUARTER)
    months = {("allowance", f"2022-0{month}"): 10001 for month in (1, 2, 3)}
    assert said(made, YOUNG) == {**months, ("contribution_subsidy", "2022"): 100_000}
    assert said(made, OLD) == {**months, ("subsidy_at_once", "once"): 1_500_000}
    turned = {("contribution_subsidy", "2022"): 100_000, ("subsidy_at_once", "once"): 1_400_000}
    assert said(made, TURNING) == {**months, **turned}, "sixty on 15 February: at once in March, less what was paid"
    assert said(made, UNSIGNED) == said(made, OPEN) == {}
    held = {one.why for one in made.roster.held if one.resident_id == person(UNSIGNED)}
    assert held == {"not_complete"}


def test_parts_are_the_whole_and_control_sums_those_of_the_lines(office: PayingOffice) -> None:
    made = office.roster(*QUARTER)
    assert all(sum(line.parts.values()) == line.fen for line in made.roster.lines)
    allowance = next(line for line in made.roster.lines if line.benefit == "allowance")
    assert sorted(allowance.parts.values()) == [3333, 3334, 3334]
    assert allowance.paid_out == allowance.fen - allowance.parts["person"]
    control = made.event.body["control"]
    assert control["fen"] == sum(line.fen for line in made.roster.lines) == sum(control["payers"].values())
    assert control["persons"] == len(PAID)


def test_the_same_roster_again_is_refused_for_there_is_no_difference(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    before = len(record_of(office.run).log.events())
    with pytest.raises(InputError) as refused:
        office.roster(*QUARTER)
    assert [finding.code for finding in refused.value.findings] == ["roster_empty"]
    assert len(record_of(office.run).log.events()) == before


def test_another_number_gives_the_difference_and_the_sum_of_rosters_is_what_is_due(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    office.allow("120元")
    office.decide()
    made = office.roster((2022, 4), (2022, 4))
    months = {("allowance", f"2022-0{month}"): 1999 for month in (1, 2, 3)}
    assert said(made, OLD) == {**months, ("allowance", "2022-04"): 12000}
    kinds = {(one.period, one.kind) for one in made.roster.lines if one.benefit == "allowance"}
    assert kinds == {("2022-01", "arrears"), ("2022-02", "arrears"), ("2022-03", "arrears"), ("2022-04", "current")}
    standing = office.standing()
    for month in (1, 2, 3, 4):
        assert standing[person(OLD), "allowance", f"2022-0{month}"] == dict.fromkeys(
            ("province", "district", "person"), 4000
        )


def test_a_lower_number_is_owed_back_part_by_part(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    office.allow("70.01元")
    office.decide()
    made = office.roster(*QUARTER)
    assert {line.kind for line in made.roster.lines} == {"refund"}
    assert said(made, OLD) == {("allowance", f"2022-0{month}"): -3000 for month in (1, 2, 3)}
    assert all(sum(parts.values()) == 7001 for key, parts in office.standing().items() if key[1] == "allowance")


def test_death_stops_what_comes_after_it_and_leaves_what_was_paid_in_life(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    office.decide(rows={OLD: {"deceased_on": "2022-02-10"}})
    made = office.roster((2022, 4), (2022, 4))
    assert said(made, OLD) == {("allowance", "2022-03"): -10001}
    assert (person(OLD), "subsidy_at_once", "once") in office.standing()
    assert said(made, YOUNG) == {("allowance", "2022-04"): 10001}


def test_somebody_who_moved_away_is_neither_paid_nor_asked_for_money(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    office.decide(rows={YOUNG: {"member_to": "2022-04-01"}})
    made = office.roster((2022, 4), (2022, 4))
    assert said(made, YOUNG) == {}
    assert "moved" in {one.why for one in made.roster.held if one.resident_id == person(YOUNG)}


def test_a_changed_decision_is_held_until_it_is_signed_and_then_owed_back(office: PayingOffice) -> None:
    office.roster(*QUARTER)
    office.decide(rows={YOUNG: {"public_staff": "是"}})
    held = office.roster((2022, 4), (2022, 4))
    assert said(held, YOUNG) == {}
    assert {one.why for one in held.roster.held if one.resident_id == person(YOUNG)} == {"not_complete"}
    office.sign(YOUNG)
    made = office.roster((2022, 4), (2022, 4))
    assert sum(said(made, YOUNG).values()) == -(100_000 + 3 * 10001)
    assert all(key[0] != person(YOUNG) for key in office.standing())


def test_a_range_is_never_paid(office: PayingOffice) -> None:
    office.allow("case 职工养老保险 when 'none' then 100 元 when 'insured' then 90 元 when 'drawing' then 80 元 end")
    office.decide(rows={OLD: {"employee_pension": "?"}})
    office.sign(OLD)
    made = office.roster(*QUARTER)
    assert said(made, YOUNG)["allowance", "2022-01"] == 10000
    assert not [key for key in said(made, OLD) if key[0] == "allowance"]
    held = [one for one in made.roster.held if one.resident_id == person(OLD) and one.benefit == "allowance"]
    assert [(one.why, one.periods, one.low, one.high) for one in held] == [("amount_range", 3, 3 * 8000, 3 * 10000)]


def test_a_roster_that_is_superseded_counts_no_more(office: PayingOffice) -> None:
    first = office.roster(*QUARTER)
    before = office.standing()
    office.allow("120元")
    office.decide()
    second = office.roster(*QUARTER, supersedes=first.event.seq)
    assert said(second, OLD)["allowance", "2022-01"] == 12000, "the whole, for the roster before is withdrawn"
    assert office.standing().keys() == before.keys()
    events = record_of(office.run).log.events()
    assert next(one for one in events if one.seq == first.event.seq).body["lines"] == first.event.body["lines"]
    with pytest.raises(InputError, match="现行"):
        office.roster(*QUARTER, supersedes=first.event.seq)


def test_the_record_with_rosters_is_sound_and_a_changed_line_is_found(office: PayingOffice) -> None:
    made = office.roster(*QUARTER)
    assert verify(office.run).events == made.event.seq
    kept = record_of(office.run).kept.path(made.event.body["lines"])
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes().replace(b"10001", b"90001", 1))
    with pytest.raises(InputError):
        verify(office.run)


def test_nothing_is_paid_where_no_number_is_known(office: PayingOffice) -> None:
    subsidy = office.rules / "parameters" / "subsidy_per_year.yaml"
    text = subsidy.read_text(encoding="utf-8")
    subsidy.write_text(
        text.replace('value: "1000"', "value: null").replace("status: assumed", "status: unset"), encoding="utf-8"
    )
    office.decide()
    made = office.roster(*QUARTER)
    assert {line.benefit for line in made.roster.lines} == {"allowance"}
    assert {
        one.why
        for one in made.roster.held
        if one.benefit == "contribution_subsidy" and one.resident_id == person(YOUNG)
    } == {"parameter_unset"}


def test_the_need_of_a_year_is_what_rosters_of_it_would_come_to(office: PayingOffice) -> None:
    needs = budget_of(office.run, 2022, {}).needs
    office.sign(UNSIGNED)
    made = office.roster((2022, 1), (2022, 12))
    assert sum(one.high for one in needs) == sum(line.fen for line in made.roster.lines)
    assert sum(one.low for one in needs) == sum(one.high for one in needs)
    open_ = 12 * 10001 + 100_000
    assert sum(one.open_high for one in needs) == open_, "one person in review"
    tried = budget_of(office.run, 2022, {"subsidy_per_year": "2000"})
    assert tried.under_trial is not None
    more = sum(one.high for one in tried.under_trial) - sum(one.high for one in needs)
    assert more == 100_000 * 2 + 1_500_000 * 2, "two get it by the year; two of them all fifteen at once"


def call(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_papers_and_bank_file_agree_and_only_the_bank_sees_numbers(office: PayingOffice) -> None:
    accounts = office.folder / "账号.csv"
    accounts.write_text(
        "身份证号,户名,开户行,账号\n"
        + "".join(f"{person(number)},人{number},某银行,621700000000{number:04d}\n" for number in (YOUNG, OLD))
        + f"{person(TURNING)},人3,某银行,见存折\n",
        encoding="utf-8",
    )
    out = office.folder / "名册"
    done = call("payments", "roster", "--run", office.run, "--period", "2022-01~2022-03", "--by", "王核定", "--accounts", accounts, "--out", out, "--office", "某区经办机构", "--date", "2022-11-05")  # fmt: skip
    assert done.exit_code == 0, done.output
    with (out / "银行代发.csv").open(encoding="utf-8-sig", newline="") as file:
        bank = {row["身份证号"]: row for row in csv.DictReader(file)}
    assert bank.keys() == {person(YOUNG), person(OLD)}, "whoever has no usable account is left out and told"
    assert mask(person(TURNING)) in done.output
    book = openpyxl.load_workbook(out / "核定发放名册.xlsx")
    sheet = list(book["核定发放名册"].values)
    at = {name: place for place, name in enumerate(sheet[0])}
    totals: dict[str, float] = {}
    for row in sheet[1:]:
        totals[row[at["公民身份号码（部分隐去）"]]] = totals.get(row[at["公民身份号码（部分隐去）"]], 0) + round(
            100 * row[at["发放金额（元）"]]
        )
    for one, row in bank.items():
        assert round(100 * float(row["金额"])) == totals[mask(one)]
    everything = [str(cell) for page in book for row in page.values for cell in row]
    assert not any(person(number) in cell or "62170000" in cell for cell in everything for number in PAID)
    funding = list(book["配套资金"].values)
    assert list(funding[-1][5:6]) == [sum(row[5] for row in funding[1:-1])]
    assert (out / "乌龙街道" / "核定发放名册_乌龙社区.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_bank_paid_is_matched_and_differences_have_a_kind(office: PayingOffice) -> None:
    roster = office.roster(*QUARTER)
    paid = office.folder / "付款.csv"
    lines = [
        *(f"{person(YOUNG)},66.68,2022-11-20,2022-0{month}" for month in (1, 2, 3)),
        f"{person(YOUNG)},1000,2022-11-20,2022",
        f"{person(OLD)},15100,2022-11-20,",
        "530199199901010019,10,2022-11-20,",
        f"{person(TURNING)},一千,2022-11-20,",
    ]
    paid.write_text("身份证号,金额,付款日期,期间\n" + "\n".join(lines) + "\n", encoding="gb18030")
    done = call("payments", "paid", paid, "--run", office.run, "--by", "李对账", "--out", office.folder / "对账")
    assert done.exit_code == 0, done.output
    assert "第8行" in done.output, "the row that cannot be read is told with its place"
    rows = list(openpyxl.load_workbook(office.folder / "对账" / "发放对账.xlsx")["差异"].values)[1:]
    kinds = {(row[4], row[5]) for row in rows}
    assert not [row for row in rows if row[4] == mask(person(YOUNG))], "66.68 of 100.01 is all that others bear"
    assert (mask(person(OLD)), "付了多少取决于付款属于哪一期") in kinds
    assert (mask("530199199901010019"), "付了款，不在任何现行名册上") in kinds
    assert (mask(person(TURNING)), "名册上有，未见付款") in kinds
    again = call("payments", "paid", paid, "--run", office.run, "--by", "李对账", "--out", office.folder / "对账2")
    assert isinstance(again.exception, InputError)
    with pytest.raises(InputError, match="不能取代"):
        office.roster(*QUARTER, supersedes=roster.event.seq)
    assert budget_of(office.run, 2022, {}).paid == {"2022-11": 100_000 + 3 * 6668 + 1_510_000 + 1000}
    verify(office.run)


def test_a_period_that_ends_before_it_begins_is_refused(office: PayingOffice) -> None:
    with pytest.raises(InputError, match="期间"):
        office.roster((2022, 3), (2022, 1))
    with pytest.raises(InputError, match="期间"):
        office.roster((2022, 1), (2022, 1), since=date(2022, 2, 1))
