"""The page: self-contained, private, in two languages, and its numbers add up."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from types import SimpleNamespace

import duckdb
import pytest

from eligibility.model.resident_id import mask
from eligibility.reporting import summary, write_report
from eligibility.reporting.pages.page_flow import paper_flow
from reporting.reporting_district import PLACES, a_district
from reporting.reporting_policy import OUTCOMES, a_policy
from reporting.reporting_run import a_manifest

VOID = {"meta", "link", "br", "img", "input", "hr", "line", "polygon", "polyline"}


class Page(HTMLParser):
    """Elements with their attributes and text, checking that every one is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "attrs": dict(attrs), "text": "", "inside": [e["tag"] for e in self._open]}
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "attrs": dict(attrs), "text": "", "inside": []})

    def handle_endtag(self, tag):
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, tag=None, **attrs):
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items()}
        return [
            e
            for e in self.elements
            if (tag is None or e["tag"] == tag)
            and all(value in (e["attrs"].get(key) or "").split() for key, value in wanted.items())
        ]


@pytest.fixture(scope="module")
def text(run):
    return (run / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def number(said):
    return int(re.search(r"\d[\d,]*", said).group().replace(",", ""))


def test_the_page_reaches_for_nothing_outside(text, page):
    assert not re.search(r"(?i)https?:|//[a-z]|@import|url\(", text)
    assert not [e for e in page.elements if "src" in e["attrs"] or e["tag"] in {"link", "iframe", "img", "object"}]
    links = [e["attrs"]["href"] for e in page.all("a")]
    assert all(re.fullmatch(r"#\w+|[\w.]+", link) for link in links)


def test_its_own_rules_forbid_the_network(page):
    (rule,) = [e for e in page.all("meta") if e["attrs"].get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in rule["attrs"]["content"]


def test_no_person_is_named(text, district):
    persons = district.execute("SELECT resident_id, name, household_id FROM decision.persons").fetchall()
    for resident, name, household in persons:
        assert resident not in text
        assert not re.search(rf"{re.escape(name)}(?!\d)", text)
        assert len(household) < 5 or household not in text
    assert not re.search(r"\d{17}[\dX]", text)


def test_a_hostile_name_of_a_place_stays_text(text, page):
    assert len(page.all("script")) == 1
    assert "&lt;script&gt;alert(1)" in text


def test_the_tiles_add_up_to_the_number_of_persons(page, district):
    tiles = {e["attrs"]["data-outcome"]: e["text"] for e in page.elements if "data-outcome" in e["attrs"]}
    told = {outcome: number(said) for outcome, said in tiles.items()}
    given = dict(district.execute("SELECT outcome, count(*) FROM decision.persons GROUP BY ALL").fetchall())
    assert told == given
    assert sum(told.values()) == 2000


def test_the_communities_add_up_and_each_row_does(text):
    table = re.search(r'<table class="sortable" id="communities">.*?</table>', text, re.S).group()
    rows = [
        [int(cell) for cell in re.findall(r'<td class="num[^"]*" data-sort="(\d+)"', row)]
        for row in re.findall(r"<tr>.*?</tr>", table, re.S)[1:]
    ]
    assert len(rows) == sum(map(len, PLACES.values())) + 1
    assert sum(row[0] for row in rows) == 2000
    for row in rows:
        assert row[0] == sum(row[1 : 1 + len(OUTCOMES)])


def test_every_bar_of_persons_or_land_is_full(text):
    bars = re.findall(r'<div class="bar" aria-hidden="true">(.*?)</div>', text, re.S)
    assert len(bars) > 10
    for bar in bars:
        assert sum(float(width) for width in re.findall(r"width:([\d.]+)%", bar)) == pytest.approx(100, abs=0.01)


def test_assumptions_tell_how_many_refusals_rest_on_them(text):
    section = re.search(r'<section id="assumptions".*?</section>', text, re.S).group()
    row = next(row for row in re.findall(r"<tr>.*?</tr>", section, re.S) if "大部分土地的界线" in row)
    con = a_district()
    persons, refused = con.execute(
        "SELECT count(*), count(*) FILTER (outcome = 'not_eligible') FROM decision.persons "
        "WHERE contains(assumed_parameters, 'most_land_line')"
    ).fetchone()
    assert "0.3 亩<" in row
    assert [int(n.replace(",", "")) for n in re.findall(r'<td class="num[^"]*">([\d,]+)<', row)] == [persons, refused]
    assert "年补助标准" in section
    assert "起算日" not in section, "a value read in the law is no assumption"


def test_profiles_show_every_clause_with_its_mark(page, district):
    profiles = page.all("details", class_="profile")
    (number_of,) = district.execute("SELECT count(*) FROM verdict.profiles").fetchone()
    assert len(profiles) == number_of
    shared = next(e for e in profiles if "补偿款均分" in e["text"] and "缺少土地承包经营权证" in e["text"])
    assert "?待核open享有土地承包经营权条款" in re.sub(r"\s", "", shared["text"])
    refused = next(e for e in profiles if "不符合" in e["text"] and "没有失去大部分土地" in e["text"])
    assert "✗不成立refuted失去大部分土地条款" in re.sub(r"\s", "", refused["text"])


def test_both_languages_say_the_same_number_of_things(page):
    chinese, english = (
        [e for e in page.all("span") if e["attrs"].get("lang") == lang and "span" not in e["inside"][-1:]]
        for lang in ("zh", "en")
    )
    assert len(chinese) == len(english) > 100
    assert not [e["text"] for e in english if re.search(r"[一-鿿]", e["text"].replace("岁", ""))]
    assert not [e for e in chinese + english if not e["text"].strip()]


def test_the_language_can_be_switched_by_keyboard(page):
    buttons = [e for e in page.all("button") if "data-set-lang" in e["attrs"]]
    assert [(e["attrs"]["data-set-lang"], e["attrs"]["aria-pressed"]) for e in buttons] == [
        ("zh", "true"),
        ("en", "false"),
    ]


def test_headings_have_names_and_go_down_step_by_step(page):
    levels = [int(e["tag"][1]) for e in page.elements if re.fullmatch(r"h[1-6]", e["tag"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    ids = [e["attrs"]["id"] for e in page.elements if "id" in e["attrs"]]
    assert len(ids) == len(set(ids))
    assert {e["attrs"]["aria-labelledby"] for e in page.elements if "aria-labelledby" in e["attrs"]} <= set(ids)


def test_who_waits_for_which_trouble_is_told_in_words_those_of_most_persons_first(text):
    table = text[text.index('id="waits"') :].partition("</table>")[0]
    rows = re.findall(
        r'<span lang="zh">([^<]*)</span>.*?data-sort="(\d+)".*?data-sort="(\d+)"', table.partition("<tbody>")[2]
    )
    assert [(int(places), int(persons)) for _, places, persons in rows] == [(2, 40), (1, 40), (3, 2)]
    assert [title[:6] for title, *_ in rows][2] == "不在可选值内"
    assert "bad_enum" not in table


def test_lacking_columns_and_quarantine_are_told(text):
    section = re.search(r'<section id="papers".*?</section>', text, re.S).group()
    assert "人员名册「军官」" in section
    assert "承包台账（整张表）" in section
    assert "联审意见" not in section
    assert "同一人、批文或协议出现两次" in section
    assert "去年" not in section, "cells are not quoted: they may name a person"


def test_the_workbooks_are_named_only_where_they_were_written(run, tmp_path, text):
    assert 'href="review_queue.xlsx"' in text
    con, policy = a_district(40), a_policy()
    write_report(con, policy, tmp_path, manifest=a_manifest(summary(con, policy)))
    alone = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'href="review_queue.xlsx"' not in alone
    assert "--workbooks" in alone


def test_times_of_work_do_not_change_the_page(tmp_path):
    con, policy = a_district(40), a_policy()
    pages = []
    for seconds in (1, 2):
        manifest = a_manifest(summary(con, policy)) | {"seconds": {"intake": seconds}}
        pages.append(write_report(con, policy, tmp_path, manifest=manifest).read_bytes())
    assert pages[0] == pages[1]


def test_a_run_of_nobody_and_a_bare_manifest_give_a_page(tmp_path):
    con = a_district(40)
    for name in ("decision.persons", "verdict.profiles", "link.coverage", "paper.quarantine"):
        con.execute(f"DELETE FROM {name}")
    text = write_report(con, a_policy(), tmp_path, manifest={}).read_text(encoding="utf-8")
    assert Page(text).all("h1")
    assert "没有人待核查" in text


def test_the_colours_of_text_can_be_read(run):
    """WCAG AA: 4.5 to 1 for every text colour on the paper it stands on, by day and by night."""
    css = (run / "report.html").read_text(encoding="utf-8")
    day, night = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.S)[:2]
    )
    for palette in (day, day | night):
        for name in ("ink", "soft", "accent", *(key for key in palette if key.startswith("text-"))):
            for ground in ("paper", "tint"):
                assert contrast(palette[name], palette[ground]) >= 4.5, (name, ground, palette[name])
        assert contrast(palette["on-amber"], palette["manual_review"]) >= 4.5
        assert contrast(palette["on-light"], palette["possible"]) >= 4.5
        assert contrast(palette["on-light"], palette["uncovered"]) >= 4.5
        for fill in ("eligible", "register", "not_eligible", "certain"):
            assert contrast("#ffffff", palette[fill]) >= 4.5, (fill, palette[fill])


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_profile_can_be_linked_to_and_names_some_of_its_persons_masked(page, text, district):
    listed = {
        e["attrs"]["id"].removeprefix("profile-")
        for e in page.all("details")
        if "profile" in e["attrs"].get("class", "")
    }
    held = dict(district.execute("SELECT profile_id, count(*) FROM decision.persons GROUP BY ALL").fetchall())
    assert listed & set(held)
    for profile in listed & set(held):
        part = text.split(f'id="profile-{profile}"')[1].split("</details>")[0]
        shown = re.findall(r"<li><code>([^<]*)</code>", part)
        assert len(shown) == min(held[profile], 8)
        ids = [
            mask(one)
            for (one,) in district.execute(
                "SELECT resident_id FROM decision.persons WHERE profile_id = ? ORDER BY row_id LIMIT 8", [profile]
            ).fetchall()
        ]
        assert [unescape(one) for one in shown] == ids


def test_what_to_ask_first_is_told_with_the_persons_it_settles(page, text, district):
    first = district.execute(
        "SELECT title, persons_settled FROM decision.questions ORDER BY persons_settled DESC, persons_touched DESC, question_id LIMIT 1"
    ).fetchall()[0]
    part = text.split('id="asks"')[1].split("</li>")[0]
    assert escape(first[0], quote=False) in part
    assert f"<b>{first[1]:,}</b>" in part


def test_kinds_of_disagreement_are_counted(text, district):
    kinds = district.execute(
        "SELECT k.title, count(*) FROM link.findings JOIN link.finding_kinds AS k USING (code) GROUP BY ALL"
    ).fetchall()
    part = text.split('id="disagreements"')[1].split("</table>")[0]
    for title, number in kinds:
        assert re.search(rf">{re.escape(title)}</span>.*?data-sort=\"{number}\"", part)


def test_the_drawing_of_papers_to_outcomes_loses_nobody():
    con = duckdb.connect()
    con.execute("CREATE SCHEMA verdict")
    con.execute(
        "CREATE TABLE verdict.profiles AS SELECT * FROM (VALUES ('proven', 'proven', 'eligible', 5), ('proven', 'open', 'manual_review', 7),"
        " ('open', 'proven', 'manual_review', 1), ('refuted', 'open', 'not_eligible', 9), ('open', 'open', 'not_eligible', 0))"
        " AS t(approval_exists, contract_right, outcome, persons)"
    )
    policy = SimpleNamespace(conditions={"approval_exists": None, "contract_right": None, "adult": None})
    drawn = paper_flow(con, policy, ["eligible", "manual_review", "not_eligible"])
    assert {(band.before, band.after): band.persons for band in drawn.bands} == {
        ("both", "eligible"): 5, ("no_title", "manual_review"): 7, ("no_approval", "manual_review"): 1, ("not_taken", "not_eligible"): 9,
    }  # fmt: skip
    assert paper_flow(con, SimpleNamespace(conditions={"adult": None}), []) is None, (
        "a rulebook that does not ask it has no drawing"
    )
