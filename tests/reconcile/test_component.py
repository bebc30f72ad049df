"""A component read back, drawn, exported and explained, from a small run of papers made by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from typer.testing import CliRunner

from eligibility.cli.app import app
from eligibility.model.diagnostic import InputError
from support.paper_folder import APPROVAL, AS_OF, RULES, Papers

SECOND = "云国土资复〔2014〕9号"
SVG = "{http://www.w3.org/2000/svg}"


def papers() -> Papers:
    """One agreement that cites its approval, one that could belong to either of two, one that none can cover."""
    told = (
        Papers()
        .person()
        .person(2, group="二组")
        .group()
        .group(community="万溪社区")  # the two stand side by side, so they are two
        .approval(area="20.00")
        .approval(SECOND, area="30.00", project="环湖<路>&桥")
    )
    told.agreement("协1", "12.00").agreement("协2", "8.00", cited_approval_no="", project="")
    return told.agreement("协3", "5.00", community="万溪社区", group="", cited_approval_no="云国土资复〔2013〕12?号")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("component")
    told("run", papers().write(folder / "in"), "--rules", RULES, "--as-of", AS_OF, "--out", folder / "out")
    return folder / "out"


def told(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def shown(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("shown") / "new"
    told("reconcile", "show", "协2", "--run", finished, "--out", out)
    return {path.suffix: path for path in out.iterdir()}


def test_the_list_names_what_is_in_doubt_with_its_area(finished: Path) -> None:
    (one,) = json.loads(told("reconcile", "list", "--run", finished, "--json"))["components"]
    assert (one["agreements"], one["approvals"], one["links"], one["possible"]) == (2, 2, 3, 2)
    assert (one["area_mu"], one["open_mu"]) == (20.0, 8.0)
    assert "乌龙社区" in told("reconcile", "list", "--run", finished)


def test_the_page_draws_certain_solid_and_possible_dashed_with_evidence_to_hover(shown: dict[str, Path]) -> None:
    page = shown[".html"].read_text(encoding="utf-8")
    picture = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    bands = {band.findtext(f"{SVG}title").split("\n")[0]: band for band in picture.iter(f"{SVG}g")}
    certain, possible = bands[f"{APPROVAL} → 协1 耕地"], bands[f"{SECOND} → 协2 耕地"]
    assert [path.get("stroke-dasharray") for path in certain.iter(f"{SVG}path")] == [None]
    assert [path.get("stroke-dasharray") for path in possible.iter(f"{SVG}path")] == ["6 4"]
    assert "引用批文文号一致" in certain.findtext(f"{SVG}title")
    assert width(certain) == pytest.approx(width(possible) * 12 / 8, rel=0.01)


def width(band: ElementTree.Element) -> float:
    """Height of a band at its left end."""
    drawn = next(band.iter(f"{SVG}path")).get("d")
    return abs(float(re.findall(r"[\d.]+", drawn)[-1]) - float(re.findall(r"[\d.]+", drawn)[1]))


def test_the_page_needs_nothing_from_outside(shown: dict[str, Path]) -> None:
    page = shown[".html"].read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|<script|src=|@import|url\(", page)
    assert "环湖&lt;路&gt;&amp;桥" in page


def test_the_graph_opens_in_any_graph_program(shown: dict[str, Path]) -> None:
    graph = nx.read_graphml(shown[".graphml"])
    areas = sorted((data["kind"], data["area_mu"]) for _, data in graph.nodes(data=True))
    assert areas == [("agreement", 8.0), ("agreement", 12.0), ("approval", 20.0), ("approval", 30.0)]
    certain = [data for *_, data in graph.edges(data=True) if data["certainty"] == "certain"]
    assert [(one["area_mu_min"], one["area_mu_max"]) for one in certain] == [(12.0, 12.0)]


def test_a_component_is_found_by_number_approval_and_agreement(finished: Path, tmp_path: Path) -> None:
    number = json.loads(told("reconcile", "list", "--run", finished, "--json"))["components"][0]["component"]
    for name in (number, "云国土资复[2014]9号", "协1"):
        told("reconcile", "show", name, "--run", finished, "--out", tmp_path / "same")
    assert len(list((tmp_path / "same").iterdir())) == 2


def test_an_agreement_that_nothing_covers_is_drawn_alone(finished: Path, tmp_path: Path) -> None:
    told("reconcile", "show", "协3", "--run", finished, "--out", tmp_path)
    assert "卷内没有可能的批文" in (tmp_path / "component-协3.html").read_text(encoding="utf-8")


def story(finished: Path, agreement: str) -> dict:
    (line,) = json.loads(told("reconcile", "explain", agreement, "--run", finished, "--json"))["lines"]
    return line


def test_every_rival_has_its_evidence_and_the_items_add_up(finished: Path) -> None:
    line = story(finished, "协2")
    assert {rival["approval_no"]: rival["certainty"] for rival in line["rivals"]} == {
        APPROVAL: "possible",
        SECOND: "possible",
    }
    for rival in line["rivals"]:
        assert rival["score"] == sum(item["weight"] for item in rival["evidence"])
    assert "云国土资复" in line["to_make_certain"][0]["zh"]
    shown = told("reconcile", "explain", "协2", "--run", finished)
    assert "地块列明该组" in shown
    assert "怎样才能确定" in shown


def test_what_is_certain_needs_nothing_more(finished: Path) -> None:
    line = story(finished, "协1")
    assert (line["status"], line["to_make_certain"]) == ("covered", [])
    assert [(r["certainty"], r["approval_no"]) for r in line["rivals"]] == [("certain", APPROVAL), ("excluded", SECOND)]


def test_an_unreadable_citation_is_to_be_corrected(finished: Path) -> None:
    line = story(finished, "协3")
    assert line["rivals"] == []
    assert "无法完整辨认" in line["to_make_certain"][0]["zh"]
    assert "查无批文" in line["findings"][0]["zh"]


@pytest.mark.parametrize("arguments", [("show", "99999"), ("show", "协12"), ("explain", "协12")])
def test_an_unknown_name_is_told_with_the_nearest(arguments: tuple[str, str], finished: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        told("reconcile", *arguments, "--run", finished, *(("--out", tmp_path) if arguments[0] == "show" else ()))
    assert "协1" in refused.value.findings[0].remedy.zh
