"""What a newcomer types first: the version, the rulebook that comes along, today, English wherever it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from eligibility import __version__
from support.paper_folder import whole_loss


def typed(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eligibility", *map(str, words)]
    plain = {key: value for key, value in os.environ.items() if key != "ELIGIBILITY_LANG"} | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=plain)


def test_the_version(tmp_path: Path) -> None:
    assert typed("--version", cwd=tmp_path).stdout.strip() == f"eligibility {__version__}"


def test_a_run_needs_dossier_and_out_and_says_by_what_and_as_of_when_it_decided(tmp_path: Path) -> None:
    whole_loss().write(tmp_path / "in")
    done = typed("run", "in", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"已按 km-reform 判定 2 人，审核日 {date.today()}" in done.stdout


@pytest.mark.parametrize("place", ["before", "behind"])
def test_english_is_asked_for_before_or_behind_the_command(place: str, tmp_path: Path) -> None:
    lang = ("--lang", "en")
    words = ("check", "--rules", "nowhere")
    done = typed(*((*lang, *words) if place == "before" else (*words, *lang)), cwd=tmp_path)
    assert done.returncode == 2
    assert "[rulebook_missing] nowhere is no folder of rules, nor one that comes along" in " ".join(done.stderr.split())


def test_a_rulebook_is_copied_out_with_what_it_shares_and_its_features_and_checks_clean(tmp_path: Path) -> None:
    assert typed("rules", "copy", "mine", "--from", "km-2007", cwd=tmp_path).returncode == 0
    assert typed("rules", "check", "mine/rules", cwd=tmp_path).returncode == 0
    assert typed("spec", "--rules", "mine/rules/km-2007", "--features", "mine/features", cwd=tmp_path).returncode == 0
    again = typed("rules", "copy", "mine", cwd=tmp_path)
    assert (again.returncode, "out_in_use" in again.stderr) == (2, True)
