"""Papers in the shapes of real bureaus say what the nine tables of the same seed say, in shapes of their own."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulate_papers import MU, Papers, Rows
from styled_papers import SUMS, Row, Styled, day, number

from eligibility.model.diagnostic import InputError
from eligibility.simulation import Rates, simulate

STYLED = ("database", "villages", "mixed")
PERSONS, SEED = 1900, 5
RATES = replace(
    Rates(),
    cell_noise=0, unreadable=0, vague_date=0, unknown_status=0, conflicting_duplicate=0,
    no_title=0.25, no_ledger=0.5, late_title=0.3, equal_share=0.3, duplicate=0.01, imprisoned=0.01,
    lease=0.2, reserve_without_approval=0.2, unit_slip=0.1, signed_twice=0.1, community_parcel=0.5,
)  # fmt: skip
ROSTERS = {"database": ("members", "roster"), "villages": ("village_book",), "mixed": ("roster",)}
NAMES, IDS = ("姓名", "成员姓名"), ("身份证号码", "成员证件号码")
M2 = Fraction(15, 10_000)  # 亩 of one ㎡
ROUNDING = M2 / 200  # half of 0.01 ㎡, in 亩


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    folder = tmp_path_factory.mktemp("nine") / "d"
    simulate(folder, persons=PERSONS, seed=SEED, rates=RATES)
    return Papers(folder)


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Styled]:
    made: dict[str, Styled] = {}

    def of(style: str) -> Styled:
        if style not in made:
            folder = tmp_path_factory.mktemp(style) / "d"
            simulate(folder, persons=PERSONS, seed=SEED, rates=RATES, style=style)
            made[style] = Styled(folder)
        return made[style]

    return of


@pytest.fixture(params=STYLED)
def papers(request: pytest.FixtureRequest, styled: Callable[[str], Styled]) -> Styled:
    return styled(request.param)


@pytest.fixture
def database(styled: Callable[[str], Styled]) -> Styled:
    return styled("database")


def cell(row: Row, *names: str) -> str:
    return next(row[name] for name in names if name in row)


def persons(rows: list[Row]) -> list[Row]:
    return [row for row in rows if cell(row, *NAMES) or cell(row, *IDS)]


def heads(nine: Papers) -> dict[str, tuple[str, str, str]]:
    """Of each household its community, its group and the name of its head, who stands first."""
    first: dict[str, tuple[str, str, str]] = {}
    for row in nine.persons:
        first.setdefault(row["household_id"], (row["community"], row["group"], row["name"]))
    return first


def test_the_same_persons_stand_in_the_same_households(nine: Papers, papers: Styled) -> None:
    def parted(rows: list[Row], household: Callable[[Row], object]) -> set[frozenset[tuple[str, str]]]:
        homes: dict[object, set[tuple[str, str]]] = defaultdict(set)
        for row in rows:
            homes[household(row)].add((cell(row, *NAMES), cell(row, *IDS)))
        return set(map(frozenset, homes.values()))

    theirs = [
        {"姓名": row["name"], "身份证号码": row["resident_id"], "户": row["household_id"]} for row in nine.persons
    ]
    for kind in ROSTERS[papers.style]:
        rows = persons(papers.rows(kind))
        assert Counter((cell(row, *NAMES), cell(row, *IDS)) for row in rows) == Counter(
            (row["姓名"], row["身份证号码"]) for row in theirs
        )
        assert parted(rows, _household) == parted(theirs, lambda row: row["户"])


def _household(row: Row) -> tuple[str, ...]:
    if "承包方代码" in row:
        return (row["承包方代码"],)
    where = (row["@file"], row["@sheet"], row.get("所属村民小组", ""), row.get("所属组", ""), row.get("村", ""))
    return (*where, cell(row, "户序号", "编号"))


def test_every_area_of_an_agreement_is_the_same(nine: Papers, papers: Styled) -> None:
    rows, wanted = papers.rows("agreements"), defaultdict(Fraction)
    for row in nine.agreements:
        farmland = row["land_class"] in ("耕地", "永久基本农田")
        for name in ("其中永久基本农田",) * (row["land_class"] == "永久基本农田") + (
            "耕地" if farmland else row["land_class"],
        ):
            wanted[row["agreement_no"], name] += Fraction(row["area"]) * MU[row["unit"]]
    classes = ("耕地", "其中永久基本农田", "园地", "林地", "其他农用地", "建设用地", "宅基地", "未利用地")
    found = {
        (row["征协字〔〕号"], name): number(row[name]) * MU[re.search("面积单位：(.+)", row["@title"])[1]]
        for row in rows
        for name in classes
        if row.get(name)
    }
    assert found == wanted
    assert len(rows) == len({row["agreement_no"] for row in nine.agreements})
    assert {
        (r["征协字〔〕号"], r["签订日期"], r["项目名称"], r["批准文号"], r["被征地单位（乙方）"]) for r in rows
    } == {
        (r["agreement_no"], r["signed_on"], r["project"], r["cited_approval_no"], r["community"] + r["group"])
        for r in nine.agreements
    }
    paid = {row["征协字〔〕号"]: number(row["合计（万元）"]) * 10_000 for row in rows}
    assert paid == _summed(nine.agreements, "agreement_no", "compensation_yuan")
    kinds = {row["征协字〔〕号"]: re.search("土地(..)协议", row["@title"])[1] for row in rows}
    assert kinds == {row["agreement_no"]: row["kind"] for row in nine.agreements}
    assert len(set(kinds.values())) > 1


def _summed(rows: Rows, key: str, value: str) -> dict[str, Fraction]:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        total[row[key]] += number(row[value])
    return dict(total)


def test_every_approval_and_parcel_is_the_same(nine: Papers, papers: Styled) -> None:
    rows = papers.rows("approvals")
    known = {cell(row, "省批复文号") or row["部批复文号"]: row for row in rows}
    assert {
        (number_, cell(row, "批复日期", "批复时间"), row["批准机关"], cell(row, "批次号", "批次名称"))
        for number_, row in known.items()
    } == {(row["approval_no"], row["approved_on"], row["authority"], row["batch"]) for row in nine.approvals}
    names = {
        "其中永久基本农田": "永久基本农田", "种植园用地/小计": "园地", "林地/小计": "林地", "其他农用地/小计": "其他农用地",
        "建设用地/小计": "建设用地", "建设用地/农村宅基地": "宅基地", "未利用地/小计": "未利用地",
    }  # fmt: skip
    found: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    projects = set()
    for row in papers.rows("parcels"):
        approval = re.search(r"批准文号：(\S+)", row["@title"])[1]
        projects.add((approval, row["@title"].split("土地分类面积表")[0]))
        key = (approval, row["权属单位"], row["村组（社区）"], row["权属类别"])
        farmland = number(row.get("耕地小计", "")) - number(row.get("其中永久基本农田", ""))
        found[*key, "耕地"] += farmland
        for header, land_class in names.items():
            found[*key, land_class] += number(row.get(header, ""))
    wanted: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for row in nine.approval_parcels:
        wanted[row["approval_no"], row["community"], row["groups"], row["ownership"], row["land_class"]] += number(
            row["area"]
        )
    assert {key: area for key, area in found.items() if area} == {key: area for key, area in wanted.items() if area}
    lined = {row["approval_no"] for row in nine.approval_parcels}
    assert projects == {(row["approval_no"], row["project"]) for row in nine.approvals if row["approval_no"] in lined}


def test_every_line_of_a_roll_is_the_same(nine: Papers, papers: Styled) -> None:
    where, signed = heads(nine), {row["agreement_no"]: row for row in nine.agreements}
    areas, rows = Counter[tuple[str, ...]](), papers.rows("rolls")
    for row in nine.payouts:
        community, _, head = where[row["household_id"]]
        agreement = signed[row["agreement_no"]]
        place = f"{community}{agreement['group']}"
        # a village names the project of its roll, or the agreement where there is no project
        numbered = papers.style != "villages" or not agreement["project"]
        by = (row["agreement_no"],) if numbered else (agreement["project"], place, head)
        even = number(row["amount_yuan"]) if row["basis"] == "均分" else Fraction(0)
        areas[*by, number(row["area_mu"]), number(row["amount_yuan"]), even] += 1
    found = Counter[tuple[str, ...]]()
    for row in rows:
        title = re.search("协议编号：(\\S+)", row["@title"])
        number_ = row.get("对应协议编号") or (title[1] if title else "")
        project = row["@title"].split("征地补偿款兑付表")[0].strip()
        place = re.search("被征地单位：(\\S+)", row["@title"])
        by = (number_,) if number_ else (project, place[1], row["户主"])
        money = (number(cell(row, "总补偿", "合计金额")), number(row["人口补偿"]))
        found[*by, number(row["征收面积"]), *money] += 1
    assert found == areas
    assert any(key[-1] for key in found)
    assert papers.style != "villages" or not any(re.search(r"\d{15}", row["户主"]) for row in rows)
    assert {len(cell(row, "卡号", "银行卡号", "收款人账户")) for row in rows} == {19}
    assert not any(_luhn(cell(row, "卡号", "银行卡号", "收款人账户")) for row in rows)


def _luhn(card: str) -> bool:
    doubled = [sum(divmod(2 * int(mark), 10)) for mark in card[-2::-2]]
    return (sum(doubled) + sum(int(mark) for mark in card[-1::-2])) % 10 == 0


def test_who_is_paid_belongs_to_the_household(nine: Papers, database: Styled) -> None:
    home = {row["resident_id"]: row["household_id"] for row in nine.persons}
    lines = Counter((row["agreement_no"], row["household_id"]) for row in nine.payouts)
    assert Counter((row["对应协议编号"], home[row["户主身份证"]]) for row in database.rows("rolls")) == lines


def test_contracts_and_certificates_hold_the_same_land_household_by_household(nine: Papers, database: Styled) -> None:
    where = {row["CBFBM"]: row for row in database.rows("contractors")}
    by_head = {row["CBFZJHM"]: code for code, row in where.items()}
    code = {}
    for row in nine.persons:
        code.setdefault(row["household_id"], by_head.get(row["resident_id"]))
    assert set(code.values()) == set(where)
    titled = {code[row["household_id"]]: Fraction(row["area_mu"]) for row in nine.title_certificates}
    plots, former = defaultdict(Fraction), defaultdict(Fraction)
    count = Counter[str]()
    for row in database.rows("contract_parcels"):
        plots[row["CBFBM"]] += number(row["HTMJ"]) * M2
        former[row["CBFBM"]] += number(row["YHTMJ"]) * M2
        count[row["CBFBM"]] += 1
    assert titled and all(abs(plots[home] - area) <= count[home] * ROUNDING for home, area in titled.items())
    ledger = {code[row["household_id"]]: row for row in nine.contract_ledger}
    contracts = {row["承包方代码"]: row for row in database.rows("contracts")}
    assert contracts and set(contracts) == {home for home, row in ledger.items() if row["confirmed_by"]}
    for home, row in contracts.items():
        area = Fraction(ledger[home]["area_mu"])
        assert number(row["原合同总面积（亩）"] or row["确权（合同）总面积（亩）"]) == area
        assert abs(number(row["原合同总面积"] or row["确权（合同）总面积"]) * M2 - area) <= ROUNDING
        assert abs((former[home] or plots[home]) - area) <= count[home] * ROUNDING
        assert (day(row["承包期限起"]), day(row["承包期限止"])) == (
            ledger[home]["contract_from"],
            ledger[home]["contract_to"],
        )
        assert row["承包合同代码"][:18] == home and row["发包方代码"] == home[:14]
    book = {row["身份证"]: number(row["折算面积"]) for row in database.rows("village_ledger")}
    assert {by_head[head]: area for head, area in book.items()} == {
        home: Fraction(row["area_mu"]) for home, row in ledger.items() if not row["confirmed_by"]
    }


def test_a_certificate_keeps_its_days_and_its_old_number(nine: Papers, database: Styled) -> None:
    issued = {row["承包经营权证(登记簿)代码"]: day(row["发证日期"]) for row in database.rows("certificates")}
    gone = {row["承包经营权证(登记簿)代码"]: day(row["注销日期"]) for row in database.rows("cancellations")}
    old = {row["CBJYQZBM"]: row["YCBJYQZBH"] for row in database.rows("registers")}
    assert {(old[code], on, gone.get(code, "")) for code, on in issued.items()} == {
        (row["certificate_no"], row["issued_on"], row["withdrawn_on"]) for row in nine.title_certificates
    }


def test_the_layer_of_parcels_has_those_of_the_contracts_and_no_household(database: Styled) -> None:
    layer, contracted = database.rows("parcel_layer"), database.rows("contract_parcels")
    assert {row["DKBM"]: row["SCMJ"] for row in layer} == {row["DKBM"]: row["HTMJ"] for row in contracted}
    assert "CBFBM" not in layer[0]
    assert all(
        len(row["DKBM"]) == 19 and len(row["CBFBM"]) == 18 and row["FBFBM"] == row["CBFBM"][:14] for row in contracted
    )
    assert {row["FBFBM"] for row in contracted} <= {row["发包方代码"] for row in database.rows("grantors")}


@pytest.mark.parametrize("style", ["villages", "mixed"])
def test_village_papers_hold_contract_and_certificate(
    nine: Papers, styled: Callable[[str], Styled], style: str
) -> None:
    papers, where = styled(style), heads(nine)
    kinds = ("village_book",) * 2 if style == "villages" else ("title_certificates", "contract_ledger")
    certificates, ledger = (papers.rows(kind) for kind in kinds)
    assert {
        (cell(row, "证书编号", "农村土地承包经营权证代码"), cell(row, "户主", "承包方代表"),
         number(cell(row, "确权总面积", "承包地确权总面积（亩）")), day(row["发证日期"]), day(row["注销日期"]))
        for row in certificates if cell(row, "证书编号", "农村土地承包经营权证代码")
    } == {
        (row["certificate_no"], where[row["household_id"]][2], Fraction(row["area_mu"]), row["issued_on"], row["withdrawn_on"])
        for row in nine.title_certificates
    }  # fmt: skip
    lines = {(_household(row) if style == "villages" else at): row for at, row in enumerate(ledger)}
    assert Counter(
        (row["户主"], number(cell(row, "二轮延包面积", "二轮合同总面积")))
        for row in lines.values()
        if cell(row, "二轮延包面积", "二轮合同总面积")
    ) == Counter((where[row["household_id"]][2], Fraction(row["area_mu"])) for row in nine.contract_ledger)


@pytest.mark.parametrize("column", ["面积", "二轮延包面积", "确权总面积"])
def test_subtotals_sum_what_stands_above_them(styled: Callable[[str], Styled], column: str) -> None:
    """A figure of the household, in one cell over its rows, counts once."""
    papers, seen, sums = styled("villages"), Counter[str](), Fraction(0)
    for file, sheet in papers.sheets:
        if sheet["kind"] != "village_book":
            continue
        at = [levels[-1] for levels in papers.headers(file, sheet)].index(column)
        part, whole, begins = Fraction(0), Fraction(0), True
        first, last = sheet["body_rows"]
        for cells in papers.grid(file, sheet)[first - 1 : last]:
            seen[cells[0]] += 1
            if cells[0] in SUMS:
                assert number(cells[at]) == (part if cells[0] == "小计" else whole)
                whole, part, begins = whole + part, Fraction(0), True
            elif begins or column == "面积":
                part, begins = part + number(cells[at]), False
        sums += whole
    assert seen["小计"] > seen["合计"] > 1
    assert sums > 0


def test_groups_keep_their_totals(nine: Papers, papers: Styled) -> None:
    kinds = {"database": ("group_parcels", "group_contractors")}.get(papers.style, ("groups",) * 2)
    areas, counts = (papers.rows(kind) for kind in kinds)
    assert Counter(number(cell(row, "总面积", "面积合计")) for row in areas) == Counter(
        Fraction(row["contracted_mu"]) for row in nine.groups
    )
    assert Counter((int(row["承包农户数量"]), int(cell(row, "家庭成员数量", "农业人口"))) for row in counts) == Counter(
        (int(row["households"]), int(row["persons"])) for row in nine.groups
    )


def test_lists_to_compare_with_name_those_and_only_those_of_whom_it_holds(nine: Papers, papers: Styled) -> None:
    def listed(kind: str, column: str) -> set[str]:
        return {row[column] for row in papers.rows(kind)}

    def those(holds: Callable[[Row], bool]) -> set[str]:
        return {row["resident_id"] for row in nine.persons if holds(row)}

    assert listed("public_staff", "身份证号") == those(lambda row: row["public_staff"] == "是") != set()
    assert listed("imprisoned", "身份证号") == those(lambda row: row["imprisoned"] == "是") != set()
    assert listed("deceased", "公民身份号码") == those(lambda row: bool(row["deceased_on"])) != set()
    assert listed("employee_pension", "证件号码") == those(lambda row: row["employee_pension"] != "无") != set()
    drawing = {row["证件号码"] for row in papers.rows("employee_pension") if row["离退休日期"]}
    assert drawing == those(lambda row: row["employee_pension"] == "领取")


def test_the_household_register_keeps_who_came_left_and_died(nine: Papers, papers: Styled) -> None:
    rows = {row["公民身份号码"]: row for row in papers.rows("hukou")}
    away = {row["resident_id"] for row in nine.persons if "呈贡" not in row["hukou_place"]}
    assert away and set(rows) == {row["resident_id"] for row in nine.persons} - away
    for row in nine.persons:
        if (known := rows.get(row["resident_id"])) is not None:
            assert day(known["何时迁来"]) or day(known["出生日期"]) == row["member_from"]
            assert day(known["何时迁来"]) in ("", row["member_from"])
            assert (day(known["迁出日期"]), day(known["死亡日期"])) == (row["member_to"], row["deceased_on"])


def test_opinions_are_the_same(nine: Papers, papers: Styled) -> None:
    def stage(row: Row) -> str:
        return next(stage for stage in ("社区", "农业农村", "自然资源") if f"{stage}审核" in row["@file"])

    found = Counter(
        (r["身份证号"], stage(r), r["审核状态"], r["审批通过时间"], r["备注"]) for r in papers.rows("opinions")
    )
    assert found == Counter(
        (r["resident_id"], r["stage"], r["opinion"], r["on"], r["note"]) for r in nine.confirmations
    )


NEVER = (
    "征地时户籍地",
    "军官",
    "征地时在校",
    "水利水电",
    "分配方式",
    "成员起始日",
    "成员终止日",
    "成员资格争议",
    "单位",
)
"""Columns of the nine tables that no real paper has; 户号 is the police's number only."""


def test_no_paper_has_a_column_that_none_has(papers: Styled) -> None:
    for file, sheet in papers.sheets:
        headers = {level for levels in papers.headers(file, sheet) for level in levels}
        assert not headers & set(NEVER)
        assert "户号" not in headers or sheet["kind"] == "hukou"


LISTS = {"public_staff", "officers", "employee_pension", "students", "imprisoned", "deceased"}
ROWS = {
    "grantors": "groups", "group_parcels": "groups", "group_contractors": "groups", "contractors": "contractors",
    "members": "persons", "contracts": "contract_ledger", "registers": "title_certificates title_papers",
    "certificates": "title_certificates", "cancellations": "title_certificates", "contract_parcels": "contract_parcels",
    "parcel_layer": "contract_parcels", "village_ledger": "village_land_book", "roster": "persons landless_roster",
    "rolls": "payouts", "approvals": "approvals", "approvals_layer": "approvals", "parcels": "approval_parcels",
    "agreements": "agreements", "opinions": "landless_roster", "public_staff": "persons hukou", "hukou": "hukou",
    "employee_pension": "match_employee_pension", "imprisoned": "match_imprisoned", "deceased": "hukou_events hukou",
    "officers": "persons hukou match_imprisoned", "students": "persons hukou match_imprisoned",
    "groups": "groups landless_roster", "title_certificates": "title_certificates persons",
    "contract_ledger": "contract_ledger contract_parcels village_land_book landless_roster",
    "village_book": "persons hukou contract_parcels village_land_book contract_ledger title_certificates title_papers",
}  # fmt: skip
"""What a row of each kind of paper is, among the kinds of real papers."""

CLASSES = {
    "其中永久基本农田",
    "其他农用地",
    "建设用地",
    "农村宅基地",
    "宅基地",
    "未利用地",
    "耕地",
    "园地",
    "林地",
    "其他",
}
"""Words of GB/T 21010 and of the land law that stand as headers where such land occurs."""

BLOCKS = {"家庭成员情况", "基本信息", "变动", "承包地情况", "地块", "二轮", "承包经营权证", "补偿款", "面积"}
"""Headers over several columns, which every village words by itself."""

OWN = {
    "agreements": {"批准文号", "项目名称"},
    "students": {"身份证件号", "学校名称", "入学年月", "毕业时间"},
}
"""Columns by which agreements are tied to approvals, and those of pupils' records: no such list was seen to have them."""


def test_headers_are_those_of_real_papers(papers: Styled) -> None:
    real = tomllib.loads((Path(__file__).parent / "real_headers.toml").read_text(encoding="utf-8"))
    for file, sheet in papers.sheets:
        known = {re.sub("（(亩|公顷)）$", "", word) for table in ROWS[sheet["kind"]].split() for word in real[table]}
        levels = {re.sub("（(亩|公顷|平方米)）$", "", word) for path in papers.headers(file, sheet) for word in path}
        assert levels <= known | CLASSES | BLOCKS | OWN.get(sheet["kind"], set()), sheet["kind"]


def test_what_is_told_of_a_sheet_is_true(papers: Styled) -> None:
    for file, sheet in papers.sheets:
        rows = papers.grid(file, sheet)
        first, last = sheet["body_rows"]
        body = [cells for cells in rows[first - 1 : last] if cells[0] not in SUMS]
        assert len(body) == sheet["records"]
        assert body or sheet["kind"] in LISTS, "only a list may have nobody on it"
        told = [{*header.replace(" > ", "/").split("/"), code} for _, header, code in sheet["columns"]]
        for levels, known in zip(papers.headers(file, sheet), told, strict=True):
            assert set(levels) <= known
    on_disk = {str(p.relative_to(papers.folder)) for p in papers.folder.rglob("*") if p.is_file()}
    papers_told = {file["file"] for file in papers.files}
    written = {name for name in on_disk if not name.startswith("truth/") and not name.endswith(".cpg")}
    assert written - {"mapping.yaml"} == papers_told


def test_the_truth_is_the_same_to_the_byte(nine: Papers, papers: Styled) -> None:
    for name in ("persons", "households", "takings", "links"):
        path = Path("truth") / f"{name}.csv"
        assert (papers.folder / path).read_bytes() == (nine.folder / path).read_bytes()


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000), style=st.sampled_from(STYLED))
def test_nothing_is_lost_however_badly_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, seed: int, style: str
) -> None:
    rates = replace(
        Rates(), cell_noise=0.3, unreadable=0.05, vague_date=0.05, conflicting_duplicate=0.02, invalid_id=0.05
    )
    folder = tmp_path_factory.mktemp("noisy")
    simulate(folder / "n", persons=150, seed=seed, rates=rates)
    simulate(folder / "s", persons=150, seed=seed, rates=rates, style=style)
    nine, papers = Papers(folder / "n"), Styled(folder / "s")
    for kind in ROSTERS[style]:
        assert Counter((cell(r, *NAMES), cell(r, *IDS)) for r in persons(papers.rows(kind))) == Counter(
            (r["name"], r["resident_id"]) for r in nine.persons if r["name"] or r["resident_id"]
        )
    assert len(papers.rows("rolls")) == len(nine.payouts)
    assert len(papers.rows("opinions")) == len(nine.confirmations)
    assert Counter(cell(r, "省批复文号") or r.get("部批复文号", "") for r in papers.rows("approvals")) == Counter(
        r["approval_no"] for r in nine.approvals
    )


@pytest.mark.parametrize("style", STYLED)
def test_same_seed_same_bytes(tmp_path: Path, style: str) -> None:
    for name in "ab":
        simulate(tmp_path / name, persons=120, seed=2, style=style)
    files = [path.relative_to(tmp_path / "a") for path in sorted((tmp_path / "a").rglob("*")) if path.is_file()]
    assert len(files) > 10
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)


@pytest.mark.parametrize(
    "wrong", [{"style": "old"}, {"style": "mixed", "format": "xlsx"}, {"style": "mixed", "persons": 900_000}]
)
def test_a_style_that_cannot_be_made_is_refused_with_those_that_can(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError) as refused:
        simulate(tmp_path / "d", **({"persons": 10, "seed": 1} | wrong))
    assert refused.value
    assert not (tmp_path / "d").exists()


def test_an_unknown_style_ends_with_2_and_names_those_that_are(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eligibility", "simulate", "--persons", "10", "--style", "old", "--out", "d"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert all(name in done.stderr for name in ("--style", "old", "nine", *STYLED))
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
