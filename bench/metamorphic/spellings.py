"""Groups, communities, numbers and words spelt as other offices spell them, all over a paper or row by row."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.metamorphic.papers import Papers, Row, group_number, plain
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting, some
from eligibility.simulation.vocabulary import chinese_number

GROUP_TABLES = {"persons": "group", "groups": "group", "agreements": "group", "approval_parcels": "groups"}
Spell = Callable[[str, int, str], str]
"""Community, number of the group, and the cell as it stands: the cell as it is to be."""


def chosen_tables(tables: list[str], chance: Random) -> set[str]:
    """Some of the papers, seldom all: each is spelt by the office that keeps it."""
    need(tables)
    return set(chance.sample(tables, chance.randint(1, len(tables))))


def respell_groups(papers: Papers, chance: Random, spell: Spell) -> None:
    """Spell the groups of some papers so; a cell that lists groups is spelt group by group."""
    tables = chosen_tables([table for table in GROUP_TABLES if papers.rows(table)], chance)
    touched = 0
    for table in sorted(tables):
        key = GROUP_TABLES[table]
        for row in papers.rows(table):
            names = row.origin[key].split("、")
            if all(map(group_number, names)):
                row[key] = "、".join(spell(row["community"], int(group_number(name)), name) for name in names)
                touched += 1
    need(touched)


def _groups_so(spell: Spell) -> Change:
    return lambda papers, chance: respell_groups(papers, chance, spell)


GROUPS_KNOWN: dict[str, Spell] = {
    "group_in_words": lambda _, number, __: f"{chinese_number(number)}组",
    "group_ordinal": lambda _, number, __: f"第{chinese_number(number)}组",
    "group_as_villagers": lambda _, number, __: f"第{chinese_number(number)}村民小组",
    "group_in_wide_digits": lambda _, number, __: f"{number}组".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "group_with_blank": lambda _, number, __: f"{number} 组",
}
GROUPS_OTHER: dict[str, Spell] = {
    "group_as_she": lambda _, number, __: f"{chinese_number(number)}社",
    "group_as_dui": lambda _, number, __: f"{number}队",
    "group_as_production_team": lambda _, number, __: f"第{chinese_number(number)}生产队",
    "group_as_hao": lambda _, number, __: f"{number}号组",
    "group_as_decimal": lambda _, number, __: f"{number}.0",
    "group_padded": lambda _, number, __: f"{number:02d}组",
    "group_bare": lambda _, number, __: str(number),
    "group_of_natural_village": lambda _, number, __: f"上村{chinese_number(number)}组",
    "group_village_in_brackets": lambda _, number, __: f"{chinese_number(number)}组（上村）",
    "group_with_community": lambda community, number, __: f"{community}{chinese_number(number)}组",
    "group_with_committee": lambda community, number, __: f"{community.removesuffix('社区')}村委会{number}组",
    "group_with_remark": lambda _, number, __: f"{number}组（部分）",
}
for _name, _spell in GROUPS_KNOWN.items():
    add(
        _name,
        "groups",
        UNDERSTOOD,
        f"Groups are written {_spell('大村社区', 3, '')} in some papers.",
        _groups_so(_spell),
    )
for _name, _spell in GROUPS_OTHER.items():
    add(_name, "groups", SAFE, f"Groups are written {_spell('大村社区', 3, '')} in some papers.", _groups_so(_spell))


@rewriting("groups", SAFE)
def group_cells_mixed(papers: Papers, chance: Random) -> None:
    """Each row of some papers spells its group in a way of its own."""
    spells = [*GROUPS_KNOWN.values(), *GROUPS_OTHER.values()]

    def spell(community: str, number: int, cell: str) -> str:
        return chance.choice(spells)(community, number, cell)

    respell_groups(papers, chance, spell)


@rewriting("groups", SAFE)
def groups_of_two_villages(papers: Papers, chance: Random) -> None:
    """Two natural villages of a community number their groups anew; some papers write the number alone."""
    counts: dict[str, int] = {}
    for row in papers.rows("groups"):
        number = int(group_number(row.origin["group"]) or 0)
        counts[row.origin["community"]] = max(number, counts.get(row.origin["community"], 0))
    need(any(count > 1 for count in counts.values()))
    bare = chosen_tables(["agreements", "approval_parcels", "groups", "persons"], chance)

    def name(table: str, community: str, number: int) -> str:
        half = (counts.get(community, number) + 1) // 2
        village, number = ("上村", number) if number <= half else ("下村", number - half)
        return f"{'' if table in bare else village}{chinese_number(number)}组"

    for table, key in GROUP_TABLES.items():
        for row in papers.rows(table):
            names = row.origin[key].split("、")
            if all(map(group_number, names)):
                row[key] = "、".join(name(table, row.origin["community"], int(group_number(text))) for text in names)


@rewriting("groups", SAFE)
def groups_listed_with_and(papers: Papers, chance: Random) -> None:
    """A list of groups is written with 和, as a range, or with the natural village before the first only."""
    lists = [row for row in papers.rows("approval_parcels") if "、" in row.origin["groups"]]
    for row in some(lists, chance, 0.7):
        numbers = [group_number(name) for name in row.origin["groups"].split("、")]
        need(all(numbers))
        forms = ["和".join(f"{n}组" for n in numbers), "、".join(numbers) + "组", "上村" + "、".join(numbers) + "组",
                 "，".join(f"{n}组" for n in numbers), " ".join(f"{n}组" for n in numbers)]  # fmt: skip
        row["groups"] = chance.choice(forms)


def respell_communities(papers: Papers, chance: Random, spell: Callable[[str, str], str]) -> None:
    """Spell the communities of some papers so: street and name are given."""
    streets = {row.origin["community"]: row.origin["street"] for row in papers.rows("persons")}
    tables = chosen_tables(
        [t for t in ("persons", "groups", "agreements", "approval_parcels") if papers.rows(t)], chance
    )
    for table in sorted(tables):
        for row in papers.rows(table):
            community = row.origin["community"]
            row["community"] = spell(streets.get(community, "乌龙街道"), community)


def _communities_so(spell: Callable[[str, str], str]) -> Change:
    return lambda papers, chance: respell_communities(papers, chance, spell)


def _stem(community: str) -> str:
    return community.removesuffix("社区")


COMMUNITIES_KNOWN: dict[str, Callable[[str, str], str]] = {
    "community_residents": lambda _, name: f"{name}居民委员会",
    "community_as_village": lambda _, name: f"{_stem(name)}村",
    "community_as_committee": lambda _, name: f"{_stem(name)}村委会",
    "community_as_villagers": lambda _, name: f"{_stem(name)}村民委员会",
    "community_with_street": lambda street, name: f"{street}{name}",
    "community_with_district": lambda street, name: f"昆明市呈贡区{street}办事处{name}居委会",
}
COMMUNITIES_OTHER: dict[str, Callable[[str, str], str]] = {
    "community_with_township": lambda street, name: f"呈贡县{street.removesuffix('街道')}乡{_stem(name)}村委会",
    "community_with_town": lambda street, name: f"{street.removesuffix('街道')}镇{_stem(name)}村",
    "community_with_office": lambda street, name: f"{street.removesuffix('街道')}办事处{_stem(name)}村民委员会",
    "community_administrative": lambda _, name: f"{_stem(name)}行政村",
    "community_formerly": lambda _, name: f"{name}居民委员会（原{_stem(name)}村委会）",
    "community_joint_stock": lambda _, name: f"{_stem(name)}股份经济合作联社",
    "community_collective": lambda _, name: f"{_stem(name)}村集体",
    "community_former_name": lambda _, name: f"老{_stem(name)[::-1]}村委会",
    "community_first_character": lambda _, name: f"{_stem(name)[0]}社区",
}
for _name, _respell in COMMUNITIES_KNOWN.items():
    add(
        _name,
        "communities",
        UNDERSTOOD,
        f"Communities are {_respell('乌龙街道', '大村头社区')} in some papers.",
        _communities_so(_respell),
    )
for _name, _respell in COMMUNITIES_OTHER.items():
    add(
        _name,
        "communities",
        SAFE,
        f"Communities are {_respell('乌龙街道', '大村头社区')} in some papers.",
        _communities_so(_respell),
    )


@rewriting("communities", SAFE)
def community_misspelt(papers: Papers, chance: Random) -> None:
    """A character of the community is another one in some rows of a paper."""
    table = chance.choice([t for t in ("agreements", "approval_parcels", "groups", "persons") if papers.rows(t)])
    for row in some(papers.rows(table), chance, chance.choice((0.2, 1.0))):
        name = row.origin["community"]
        at = chance.randrange(len(_stem(name)))
        row["community"] = name[:at] + chance.choice("鸟桃样未干") + name[at + 1 :]


@rewriting("communities", SAFE)
def community_with_group(papers: Papers, chance: Random) -> None:
    """Community and group stand in one cell of agreements or parcels, and the column of groups is blank."""
    for table in sorted(chosen_tables([t for t in ("agreements", "approval_parcels") if papers.rows(t)], chance)):
        key = GROUP_TABLES[table]
        rows = [row for row in papers.rows(table) if group_number(row.origin[key])]
        need(rows)
        for row in rows:
            row["community"] = f"{_stem(row.origin['community'])}村委会{row.origin[key]}"
            row[key] = ""


@rewriting("communities", SAFE)
def community_same_name(papers: Papers, chance: Random) -> None:
    """Two communities bear one name, in two streets, which agreements and parcels do not write."""
    streets = {row.origin["community"]: row.origin["street"] for row in papers.rows("persons")}
    names = sorted(streets)
    need(len(set(streets.values())) > 1)
    first = chance.choice(names)
    second = chance.choice([name for name in names if streets[name] != streets[first]])
    for _, row in papers.with_column("community"):
        if row.origin["community"] == second:
            row["community"] = first


@rewriting("communities", SAFE)
def street_misspelt(papers: Papers, chance: Random) -> None:
    """The street of some persons is another one, or is written without 街道."""
    streets = sorted({row.origin["street"] for row in papers.rows("persons")})
    for row in some(papers.rows("persons"), chance):
        row["street"] = chance.choice([*streets, "呈贡街道办", row.origin["street"].removesuffix("街道")])


HUKOU_HERE = ("本村", "本地", "本社区", "呈贡", "云南省昆明市呈贡区", "昆明市呈贡区", "呈贡新区", "云南昆明呈贡", "农业家庭户", "530121", "530114",
              "2005年由重庆市迁入本村", "原籍本村")  # fmt: skip
HUKOU_ELSEWHERE = (
    "非呈贡区",
    "外地",
    "外省",
    "不在呈贡区",
    "由呈贡区迁往官渡区",
    "省外",
    "重庆市",
    "非本村",
    "原呈贡区，现官渡区",
)


@rewriting("words", SAFE)
def hukou_in_words(papers: Papers, chance: Random) -> None:
    """The place of registration is told in words: 本村, 非呈贡区, 由重庆市迁入本村."""
    for row in some([row for row in papers.rows("persons") if row.origin["hukou_place"]], chance, 0.5):
        row["hukou_place"] = chance.choice(HUKOU_HERE if "呈贡" in row.origin["hukou_place"] else HUKOU_ELSEWHERE)


WORDS: dict[str, tuple[str, str, dict[str, tuple[str, ...]], str]] = {
    "land_class_basic": ("agreements approval_parcels", "land_class", {"永久基本农田": ("基本农田",)}, UNDERSTOOD),
    "land_class_kinds": ("agreements approval_parcels", "land_class", {"耕地": ("水田", "旱地", "水浇地", "农用地（耕地）"), "林地": ("乔木林地", "灌木林地"), "园地": ("果园", "茶园"), "宅基地": ("农村宅基地",), "其他农用地": ("坑塘水面", "设施农用地", "其它农用地"), "建设用地": ("集体建设用地",), "永久基本农田": ("永农", "基本农田保护区耕地")}, SAFE),
    "kind_words": ("agreements", "kind", {"征收": ("征用", "征地", "国家征收"), "收储": ("土地收储", "储备", "预征收储"), "租用": ("租赁", "以租代征", "流转"), "占用": ("临时占用", "借用")}, SAFE),
    "ownership_words": ("approval_parcels", "ownership", {"集体": ("集体土地", "农村集体", "村集体所有"), "国有": ("国有土地", "全民所有")}, SAFE),
    "authority_words": ("approvals", "authority", {"省政府": ("云南省国土资源厅", "省厅", "云南省人民政府"), "国务院": ("自然资源部", "国土资源部", "中华人民共和国国务院"), "市政府": ("昆明市国土资源局", "昆明市人民政府"), "县政府": ("呈贡县人民政府", "呈贡区人民政府")}, SAFE),
    "basis_words": ("payouts", "basis", {"按承包地": ("按承包面积", "按户承包地", "按实际被征"), "均分": ("匀分", "按人口平均", "全组均分")}, SAFE),
    "truth_words": ("persons", "public_staff", {"是": ("√", "有", "对"), "否": ("×", "无", "没有", "/")}, SAFE),
    "student_words": ("persons", "student", {"是": ("√", "在读", "在校"), "否": ("×", "无", "/", "已毕业")}, SAFE),
    "no_date_words": ("persons", "deceased_on", {"": ("/", "无", "健在", "—")}, SAFE),
    "no_end_words": ("persons", "member_to", {"": ("/", "无", "至今", "长期")}, SAFE),
    "no_dispute_words": ("persons", "membership_dispute", {"": ("/", "无争议", "无", "正常")}, SAFE),
    "confirmer_words": ("contract_ledger", "confirmed_by", {"农业农村局": ("呈贡区农业局", "农业局", "区农业农村局"), "社区": ("社区居委会", "村委会")}, SAFE),
    "opinion_words": ("confirmations", "opinion", {"同意": ("同意上报", "属实，同意", "通过"), "不同意": ("不予同意", "不通过", "不符合"), "待补": ("待补充材料", "材料不齐")}, SAFE),
    "pension_words": ("persons", "employee_pension", {"无": ("未参保", "否", "没有"), "参保": ("已参保", "是"), "领取": ("已领取", "退休")}, SAFE),
}  # fmt: skip


def _words(tables: str, key: str, words: dict[str, tuple[str, ...]]) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        rows = [row for table in tables.split() for row in papers.rows(table) if plain(row[key]) in words]
        for row in some(rows, chance, chance.choice((0.3, 1.0))):
            row[key] = chance.choice(words[plain(row[key])])

    return change


for _name, (_tables, _key, _known, _expected) in WORDS.items():
    _example = "; ".join(f"{word or 'blank'} → {others[0]}" for word, others in list(_known.items())[:2])
    add(_name, "words", _expected, f"Cells of {_key} say other words: {_example}.", _words(_tables, _key, _known))


def _approval_number(row: Row) -> tuple[str, str, str] | None:
    number = row.origin["approval_no"]
    if number.count("〔") != 1 or not number.endswith("号"):
        return None
    prefix, rest = number.split("〔")
    return prefix, rest[:4], rest[5:-1]


@rewriting("numbers", UNDERSTOOD)
def approval_number_style(papers: Papers, chance: Random) -> None:
    """Approval numbers have other brackets, widths, or no 号, in approvals or in parcels."""
    table = chance.choice(["approvals", "approval_parcels"])
    rows = [row for row in papers.rows(table) if _approval_number(row)]
    need(rows)
    for row in rows:
        prefix, year, number = _approval_number(row) or ("", "", "")
        row["approval_no"] = chance.choice(
            (
                f"{prefix}[{year}]{number}号",
                f"{prefix}（{year}）{number}号",
                f"{prefix}〔{year}〕{number}",
                f"{prefix}【{year}】 {number} 号",
            )
        )


@rewriting("numbers", SAFE)
def approval_of_two_numbers(papers: Papers, chance: Random) -> None:
    """An approval bears the numbers of two authorities in one cell."""
    for row in some([row for row in papers.rows("approvals") if _approval_number(row)], chance, 0.3):
        number = row.origin["approval_no"]
        row["approval_no"] = chance.choice(
            (f"{number}、国土资函〔2012〕{chance.randrange(100, 900)}号", f"{number}（省）")
        )


@rewriting("numbers", SAFE)
def citation_unreadable(papers: Papers, chance: Random) -> None:
    """A digit of a cited approval cannot be read, or its year is not written."""
    rows = [row for row in papers.rows("agreements") if row.origin["cited_approval_no"].endswith("号")]
    for row in some(rows, chance, 0.4):
        cited = row.origin["cited_approval_no"]
        row["cited_approval_no"] = chance.choice(
            (cited[:-2] + "□号", cited[:-2] + "?号", cited.split("〕")[-1], cited[:-1] + "附1号")
        )


@rewriting("numbers", SAFE)
def citation_gone(papers: Papers, chance: Random) -> None:
    """Agreements cite nothing any more."""
    for row in some([row for row in papers.rows("agreements") if row.origin["cited_approval_no"]], chance, 0.5):
        row["cited_approval_no"] = ""


@rewriting("numbers", SAFE)
def project_spelt_otherwise(papers: Papers, chance: Random) -> None:
    """The project of some agreements has a word more, a word less, or a misspelling."""
    for row in some([row for row in papers.rows("agreements") if len(row.origin["project"]) > 4], chance, 0.5):
        name = row.origin["project"]
        row["project"] = chance.choice(
            (f"{name}工程", name[2:], f"昆明市呈贡区{name}", name.replace("项目", ""), name[:-1])
        )


@rewriting("numbers", UNDERSTOOD)
def agreement_number_wide(papers: Papers, chance: Random) -> None:
    """Agreement numbers of the rolls are typed in full width or with blanks."""
    need(papers.rows("payouts"))
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    for row in papers.rows("payouts"):
        row["agreement_no"] = chance.choice((row["agreement_no"].translate(wide), f" {row['agreement_no']}　"))


@rewriting("numbers", SAFE)
def agreement_number_loose(papers: Papers, chance: Random) -> None:
    """Agreement numbers of the rolls lack a hyphen, have 号 behind them, or lack their zeros."""
    need(papers.rows("payouts"))
    form = chance.randrange(3)
    for row in papers.rows("payouts"):
        number = row.origin["agreement_no"]
        head, _, tail = number.partition("-")
        row["agreement_no"] = (f"{head}{tail}", f"{number}号", f"{head}-{tail.lstrip('0')}")[form]


@rewriting("numbers", SAFE)
def names_with_marks(papers: Papers, chance: Random) -> None:
    """Names have blanks inside, an alias in brackets, or a mark of the head of household."""
    for row in some(papers.rows("persons"), chance, 0.3):
        name = row.origin["name"]
        row["name"] = chance.choice((" ".join(name), f"{name}（小{name[-1]}）", f"{name}(户主)", f"{name}1"))
