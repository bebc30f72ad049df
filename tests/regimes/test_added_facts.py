"""The way of a fact that a rulebook adds: read from its column, asked of its bodies, answered, decided, and shown with its cell."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from regimes.test_published_laws import ROOT, id_of
from review.conftest import WorkList, eligibility

BORN = {1: "1960-05-01", 2: "1960-05-02", 3: "1960-05-03", 4: "1960-05-04", 5: "1960-05-05"}
IDS = {number: id_of(number, born, "男") for number, born in BORN.items()}
NANAN = ("征地前承包面积", "累计被征面积", "人均剩余面积", "城乡居保")
ROWS = {1: ("10", "8", "0.5", "是"), 2: ("10", "8", "0.5", ""), 3: ("10", "", "0.5", "是"), 4: ("10", "8", "0.5", "否"),
        5: ("10", "8", "0.5", "也许")}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("added")
    (folder / "in").mkdir()
    with (folder / "in" / "人员名册.csv").open("w", encoding="utf-8", newline="") as file:
        lines = [["身份证号", "姓名", "户号", "街道", "社区", "小组", *NANAN]]
        lines += [[IDS[n], f"人{n}", f"户{n}", "某街道", "某社区", f"{n}组", *ROWS[n]] for n in ROWS]
        csv.writer(file).writerows(lines)
    assert run(folder, "out").exit_code == 0
    return folder


def run(folder: Path, out: str, *more: str | Path):
    words = ["--rules", ROOT / "rules" / "nanan", "--as-of", "2022-10-31", "--out", folder / out, *more]
    return eligibility("run", folder / "in", *words)


def masked(number: int) -> str:
    return f"{IDS[number][:4]}**********{IDS[number][-4:]}"


def outcomes(folder: Path) -> dict[str, str]:
    with (folder / "out" / "decisions.csv").open(encoding="utf-8-sig") as file:
        return {row["household_id"]: row["outcome"] for row in csv.DictReader(file)}


def test_what_the_column_tells_decides_and_what_it_leaves_blank_waits(office: Path) -> None:
    review = "manual_review"
    assert outcomes(office) == {"户1": "eligible", "户2": review, "户3": review, "户4": "not_eligible", "户5": review}


def test_the_body_that_confirms_it_is_asked_its_answer_is_taken_and_the_cell_is_shown(office: Path) -> None:
    asked = json.loads(eligibility("questions", "--run", office / "out", "--json").output)
    of = {(one["subject"], one["asks"]): one for one in asked}
    insured, taken = of[masked(2), "ask_residents_insured"], of[masked(3), "ask_land_taken"]
    assert "参加城乡居保" in insured["title"]
    assert "human_resources" in str(insured["bodies"])
    assert "natural_resources" in str(taken["bodies"])
    assert (masked(1), "ask_residents_insured") not in of
    shown = json.loads(eligibility("explain", IDS[4], "--run", office / "out", "--json").output)
    fact = next(one for one in shown["facts"] if one["id"] == "residents_insured")
    (paper,) = fact["papers"]
    assert (paper["table"], paper["row"], paper["columns"]) == ("persons", 5, ["城乡居保(J)"])

    work_list = WorkList(office)
    work_list.answer(IDS[2], "也许", "人力资源社会保障部门")
    refused = eligibility("review", "import", work_list.save(), "--run", office / "out")
    assert refused.exit_code != 0
    work_list = WorkList(office)
    work_list.answer(IDS[2], "是", "人力资源社会保障部门")
    work_list.answer("历次被征面积", "7.5亩", "自然资源部门")
    done = eligibility("review", "import", work_list.save(), "--run", office / "out")
    assert "新记入 2 个" in done.output, getattr(done, "said", done.output)
    assert run(office, "out", "--answers", office / "out").exit_code == 0
    after = outcomes(office)
    assert (after["户2"], after["户3"], after["户4"]) == ("eligible", "eligible", "not_eligible")


def test_a_fact_without_a_source_is_an_error_of_the_check_with_the_line_to_add_and_no_fault_of_a_run(
    office: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    facts = tmp_path / "rules" / "nanan" / "facts.yaml"
    text = facts.read_text("utf-8")
    line = next(line for line in text.splitlines(keepends=True) if "城乡居保" in line and "source" in line)
    facts.write_text(text.replace(line, ""), "utf-8")
    checked = eligibility("rules", "check", tmp_path / "rules" / "nanan")
    assert checked.exit_code == 2
    assert "missing_source" in checked.output and "source:" in checked.output
    words = ["--rules", tmp_path / "rules" / "nanan", "--as-of", "2022-10-31", "--out", tmp_path / "out"]
    assert eligibility("run", office / "in", *words).exit_code == 0
