"""A new rulebook: it checks and its scenarios hold at once, and every line that the law has yet to fill is told."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from eligibility.application.new_rules import write_new_rulebook
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Status
from eligibility.rulebook import load_policy
from eligibility.rulebook.lint import check_rules
from eligibility.specification.run import run_specification
from review.conftest import eligibility

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 12, 1)
SHIPPED = sorted(path.parent.name for path in (ROOT / "rules").glob("*/rulebook.yaml"))


def codes(folder: Path) -> set[str]:
    return {one.code for one in check_rules(folder, as_of=TODAY).findings}


def test_the_least_rulebook_checks_holds_and_tells_what_is_to_be_filled(tmp_path: Path) -> None:
    folder = write_new_rulebook("qinghe-2018", "", tmp_path, TODAY)
    assert folder == tmp_path / "rules" / "qinghe-2018"
    assert codes(folder) == {"to_be_filled"}
    assert run_specification(folder, tmp_path / "features" / "qinghe-2018").holds
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("待填写", "某条"), "utf-8")
    assert codes(folder) == set()


@pytest.mark.parametrize("sister", SHIPPED)
def test_written_after_a_sister_no_citation_of_her_paper_is_left(sister: str, tmp_path: Path) -> None:
    folder = write_new_rulebook("qinghe-2018", sister, tmp_path, TODAY)
    paper = yaml.safe_load((ROOT / "rules" / sister / "rulebook.yaml").read_text("utf-8"))["instrument"]
    for path in folder.rglob("*.yaml"):
        for cited in citations(yaml.safe_load(path.read_text("utf-8"))):
            assert cited["instrument"] != paper, path
            if cited["instrument"] == "qinghe-2018":
                assert (cited["article"], cited["quote"]) == ("待填写", "待填写")
                assert cited["status"] in ("assumed", "unset")
    ours, theirs = (load_policy(at, as_of=date(2022, 10, 31)) for at in (folder, ROOT / "rules" / sister))
    assert {one.id: (one.kind, one.when) for one in ours.clauses.values()} == {
        one.id: (one.kind, one.when) for one in theirs.clauses.values()
    }
    assert ours.conditions == theirs.conditions
    assert not any(
        one.citation.status is Status.SEEN and "待填写" in one.citation.article for one in ours.clauses.values()
    )


def citations(content: object):
    if isinstance(content, dict):
        if "article" in content and "instrument" in content:
            yield content
        for value in content.values():
            yield from citations(value)
    elif isinstance(content, list):
        for value in content:
            yield from citations(value)


def test_features_of_the_sister_hold_under_the_new_name(tmp_path: Path) -> None:
    folder = write_new_rulebook("qinghe-2018", "shanxi-2019", tmp_path, TODAY)
    assert run_specification(folder, tmp_path / "features" / "qinghe-2018").holds


def test_a_name_that_is_none_or_stands_already_and_a_sister_that_is_none_are_refused(tmp_path: Path) -> None:
    write_new_rulebook("qinghe-2018", "", tmp_path, TODAY)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for name, sister in (("qinghe-2018", ""), ("清河", ""), ("../x", ""), ("other", "nobody")):
        with pytest.raises(InputError):
            write_new_rulebook(name, sister, tmp_path, TODAY)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_where_regimes_stand_the_new_one_is_added_and_one_in_none_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    folder = write_new_rulebook("qinghe-2018", "", tmp_path, TODAY)
    found = [
        one for one in check_rules(tmp_path / "rules", as_of=TODAY).findings if one.at.file.endswith("regimes.yaml")
    ]
    assert {one.code for one in found} == {"to_be_filled"} and len(found) == 4
    shutil.copyfile(ROOT / "rules" / "regimes.yaml", tmp_path / "rules" / "regimes.yaml")
    assert "no_regime" in codes(folder)


def test_words_and_title_that_are_still_the_sisters_are_told(tmp_path: Path) -> None:
    folder = write_new_rulebook("qinghe-2018", "km-reform", tmp_path, TODAY)
    shutil.copytree(ROOT / "rules" / "km-reform", tmp_path / "rules" / "km-reform")
    assert "as_the_sister" not in codes(folder)
    book = folder / "rulebook.yaml"
    title = load_policy(ROOT / "rules" / "km-reform", as_of=TODAY).title
    book.write_text(book.read_text("utf-8").replace("title: 待填写", f"title: {title}", 1), "utf-8")
    assert "as_the_sister" in codes(folder)


def test_every_fact_is_told_with_its_source_and_its_users() -> None:
    told = json.loads(eligibility("rules", "facts", ROOT / "rules" / "nanan", "--json").output)
    of = {one["id"]: one for one in told}
    assert "城乡居保」" in of["residents_insured"]["source"]
    assert of["residents_insured"]["clauses"] == ["insured"]
    assert of["birth_date"]["source"] == "程序由材料认定"
    policy = load_policy(ROOT / "rules" / "nanan", as_of=TODAY)
    assert of.keys() == {fact for one in policy.conditions.values() for fact in one.facts}
