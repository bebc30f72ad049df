"""Numbers of households and of persons that begin anew, are spelt in two ways, or are mistaken; households that were split."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from bench.metamorphic.filing import a_sheet
from bench.metamorphic.papers import Papers, Row
from bench.metamorphic.rewriting import SAFE, UNDERSTOOD, Change, add, need, rewriting, some

TABLES = ("persons", "title_certificates", "contract_ledger", "payouts")


def _rows(papers: Papers) -> list[tuple[str, Row]]:
    return [(table, row) for table in TABLES for row in papers.rows(table)]


def renumber(papers: Papers, numbers: dict[str, str], tables: tuple[str, ...] = TABLES) -> None:
    """Give the households other numbers in these tables; those of nobody on the roster keep theirs."""
    for table, row in _rows(papers):
        if table in tables and row.origin["household_id"] in numbers:
            row["household_id"] = numbers[row.origin["household_id"]]


def _all(papers: Papers) -> list[str]:
    return list(dict.fromkeys(row.origin["household_id"] for _, row in _rows(papers)))


@rewriting("households", UNDERSTOOD)
def households_renumbered(papers: Papers, chance: Random) -> None:
    """All households have other numbers, one each, the same in all papers."""
    form = chance.choice(("{}", "H{}", "乌龙-{}", "{:06d}"))
    renumber(papers, {household: form.format(number) for number, household in enumerate(_all(papers), start=1)})


def _restart(papers: Papers, level: int) -> None:
    homes, counts = papers.homes(), defaultdict[tuple[str, ...], int](int)
    numbers = {}
    for household, home in homes.items():
        counts[home[:level]] += 1
        numbers[household] = str(counts[home[:level]])
    need(len(counts) > 1)
    rest = [household for household in _all(papers) if household not in numbers]
    renumber(papers, numbers | {household: f"他{number}" for number, household in enumerate(rest)})


@rewriting("households", SAFE)
def households_restart_per_group(papers: Papers, _: Random) -> None:
    """Numbers of households begin again in each group, in all papers."""
    _restart(papers, 2)


@rewriting("households", SAFE)
def households_restart_per_community(papers: Papers, _: Random) -> None:
    """Numbers of households begin again in each community, in all papers."""
    _restart(papers, 1)


@rewriting("households", SAFE)
def household_number_of_two(papers: Papers, chance: Random) -> None:
    """Two households of two places bear one number."""
    homes = papers.homes()
    first = chance.choice(sorted(homes))
    others = sorted(household for household, home in homes.items() if home != homes[first])
    need(others)
    renumber(papers, {chance.choice(others): first})


def _spelt(how: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        numbers = {household: f"H{number}" for number, household in enumerate(_all(papers), start=1)}
        if how == "padded":
            numbers = {household: text[1:] for household, text in numbers.items()}
        renumber(papers, numbers)
        table = chance.choice([table for table in TABLES if papers.rows(table)])
        for row in some(papers.rows(table), chance, chance.choice((0.1, 1.0))):
            text = row["household_id"]
            row["household_id"] = {
                "case": text.lower(), "padded": text.zfill(6), "decimal": f"{text[1:]}.0", "blank": f"{text[:1]} {text[1:]}",
                "hyphen": f"{text[:1]}-{text[1:]}", "head": f"{text}户", "quote": f"'{text}", "wide": text.translate(_WIDE),
            }[how]  # fmt: skip

    return change


_WIDE = str.maketrans("0123456789H", "０１２３４５６７８９Ｈ")
for _how, _expected in {"case": SAFE, "padded": SAFE, "decimal": SAFE, "hyphen": SAFE, "head": SAFE, "blank": UNDERSTOOD, "quote": UNDERSTOOD,
                        "wide": UNDERSTOOD}.items():  # fmt: skip
    add(
        f"household_number_{_how}",
        "households",
        _expected,
        f"Some papers write numbers of households otherwise ({_how}).",
        _spelt(_how),
    )


def _typo(table: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        known = set(_all(papers))
        for row in some(papers.rows(table), chance, 0.05):
            text = row.origin["household_id"]
            mistaken = [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)] + [
                text[:-1],
                text + "0",
            ]
            row["household_id"] = chance.choice([other for other in mistaken if other not in known])

    return change


for _table in TABLES:
    add(
        f"{_table}_household_mistyped",
        "households",
        SAFE,
        f"{_table}: a number of a household is mistyped, and is nobody's.",
        _typo(_table),
    )


def _by_household(papers: Papers) -> dict[str, list[Row]]:
    homes = defaultdict[str, list[Row]](list)
    for row in papers.rows("persons"):
        homes[row.origin["household_id"]].append(row)
    return homes


def _split(how: str) -> Change:
    def change(papers: Papers, chance: Random) -> None:
        homes = {household: rows for household, rows in _by_household(papers).items() if len(rows) > 1}
        for household in some(sorted(homes), chance, 0.3):
            rows = homes[household]
            moved = rows[chance.randrange(1, len(rows)) :]
            for row in rows:
                away = any(row is other for other in moved)
                if how == "both":
                    row["household_id"] = f"{household}-{2 if away else 1}"
                elif away:
                    row["household_id"] = f"{household}-1" if how == "suffix" else f"X{household[1:]}9"

    return change


for _how, _meaning in {
    "suffix": "those who left have the number with -1",
    "both": "both have the number with -1 and -2",
    "new_number": "those who left have a number that no other paper has",
}.items():
    add(
        f"household_split_{_how}",
        "households",
        SAFE,
        f"The roster has a contract household as two: {_meaning}.",
        _split(_how),
    )


@rewriting("households", SAFE)
def household_split_on_certificate(papers: Papers, chance: Random) -> None:
    """Certificates and ledger have the household of before the split; the roster has two, the roll either."""
    homes = {household: rows for household, rows in _by_household(papers).items() if len(rows) > 1}
    for household in some(sorted(homes), chance, 0.3):
        rows = homes[household]
        for row in rows[len(rows) // 2 :]:
            row["household_id"] = f"分{household}"
        for line in papers.rows("payouts"):
            if line.origin["household_id"] == household:
                line["household_id"] = chance.choice((household, f"分{household}"))


@rewriting("households", SAFE)
def household_over_two_groups(papers: Papers, chance: Random) -> None:
    """A person of a household stands in another group than the others."""
    homes = {household: rows for household, rows in _by_household(papers).items() if len(rows) > 1}
    groups = sorted({row.origin["group"] for row in papers.rows("groups")})
    need(len(groups) > 1)
    for household in some(sorted(homes), chance, 0.15):
        row = chance.choice(homes[household])
        row["group"] = chance.choice([group for group in groups if group != row.origin["group"]])


@rewriting("households", SAFE)
def household_over_two_communities(papers: Papers, chance: Random) -> None:
    """A person of a household stands in another community than the others."""
    homes = {household: rows for household, rows in _by_household(papers).items() if len(rows) > 1}
    names = sorted({row.origin["community"] for row in papers.rows("persons")})
    need(len(names) > 1)
    for household in some(sorted(homes), chance, 0.15):
        row = chance.choice(homes[household])
        row["community"] = chance.choice([name for name in names if name != row.origin["community"]])


@rewriting("persons", SAFE)
def person_twice_mistyped(papers: Papers, chance: Random) -> None:
    """A person stands twice, the second time with a digit of the id mistyped."""
    sheet = a_sheet(papers, chance, "persons")
    rows = [row for row in sheet.rows if len(row.origin["resident_id"]) == 18]
    for row in some(rows, chance, 0.05):
        twin = row.twin()
        text = row.origin["resident_id"]
        at = chance.choice((14, 15, 17, 17))
        twin["resident_id"] = (
            text[:at] + chance.choice([mark for mark in "0123456789" if mark != text[at]]) + text[at + 1 :]
        )
        papers.aliases[twin["resident_id"]] = text
        sheet.rows.append(twin)


@rewriting("persons", UNDERSTOOD)
def id_written_otherwise(papers: Papers, chance: Random) -> None:
    """Ids have a quote before them, blanks inside, full width, or a small x."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for row in some(papers.rows("persons"), chance, 0.5):
        text = row["resident_id"]
        if len(text) == 18:
            row["resident_id"] = chance.choice(
                (f"'{text}", f"{text[:6]} {text[6:14]} {text[14:]}", text.translate(wide), text.lower())
            )


@rewriting("persons", SAFE)
def id_digits_lost(papers: Papers, chance: Random) -> None:
    """Ids were kept as numbers: the last digits are zeros, or the id is 5.3E+17."""
    borne = set[str]()  # by an id that two share nobody could say whose decision it is
    for row in some(papers.rows("persons"), chance, chance.choice((0.1, 1.0))):
        text = row.origin["resident_id"]
        written = chance.choice((f"{text[:15]}000", f"{text[0]}.{text[1:6]}E+17"))
        if written not in borne:
            borne.add(written)
            row["resident_id"] = written
            papers.aliases |= dict.fromkeys((written, f"{text[:15]}000"), text)


@rewriting("persons", SAFE)
def id_mistyped(papers: Papers, chance: Random) -> None:
    """Two digits of an id are swapped, which the check digit tells."""
    for row in some([row for row in papers.rows("persons") if len(row.origin["resident_id"]) == 18], chance, 0.1):
        text = row.origin["resident_id"]
        at = chance.choice([at for at in range(6, 16) if text[at] != text[at + 1]] or [16])
        row["resident_id"] = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        papers.aliases[row["resident_id"]] = text
