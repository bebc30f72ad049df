"""What is kept of a rulebook: the files that it is read from, and nothing else that stands or hangs in its folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from eligibility.application.saved_runs import store_rules
from eligibility.rulebook import load_policy
from eligibility.rulebook.files import rulebook_fingerprint
from support.paper_folder import AS_OF, RULES

SECRET = "hunter2"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the rulebook that may be spoiled."""
    for shared in RULES.parent.glob("*.yaml"):
        (tmp_path / "rules").mkdir(exist_ok=True)
        shutil.copy(shared, tmp_path / "rules")
    return Path(shutil.copytree(RULES, tmp_path / "rules" / RULES.name))


def stray(rules: Path, what: str) -> None:
    """Something that is no rule, laid into the folder."""
    outside = rules.parents[1] / "outside"
    outside.mkdir()
    (outside / "s.yaml").write_text(f"password: {SECRET}\n", encoding="utf-8")
    match what:
        case "notes":
            (rules / "notes.txt").write_text(SECRET * 300_000, encoding="utf-8")
        case "another yaml":
            (rules / "其余条件.yaml").write_text(f"a: {SECRET}\n", encoding="utf-8")
        case "a folder":
            (rules / "clauses" / "old").mkdir()
            (rules / "clauses" / "old" / "x.yaml").write_text(f"a: {SECRET}\n", encoding="utf-8")
        case "a link to a folder":
            (rules / "leak").symlink_to(outside)
        case "a link to a file":
            (rules / "leak.yaml").symlink_to(outside / "s.yaml")
        case "a circle":
            (rules / "loop").symlink_to(".")
            (rules / "clauses" / "loop").symlink_to("..")
        case "a pipe":
            os.mkfifo(rules / "pipe")
        case "a huge file":
            with (rules / "huge.bin").open("wb") as file:
                file.truncate(50 * 1024**3)
        case "a file of a sister":
            (rules.parent / "sister").mkdir()
            (rules.parent / "sister" / "rulebook.yaml").write_text(f"a: {SECRET}\n", encoding="utf-8")
            (rules.parent / "private.yaml").write_text(f"a: {SECRET}\n", encoding="utf-8")


STRAY = (
    "notes", "another yaml", "a folder", "a link to a folder", "a link to a file", "a circle", "a pipe", "a huge file",
    "a file of a sister",
)  # fmt: skip


@pytest.mark.parametrize("what", STRAY)
def test_what_is_no_rule_is_neither_copied_nor_counted(what: str, rules: Path, tmp_path: Path) -> None:
    store_rules(rules, tmp_path / "before")
    policy, fingerprint = load_policy(rules, as_of=AS_OF), rulebook_fingerprint(rules)
    stray(rules, what)
    store_rules(rules, tmp_path / "after")
    copied = [
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "before", tmp_path / "after")
    ]
    assert copied[0] == copied[1]
    assert not any(SECRET.encode() in content for content in copied[1].values())
    assert load_policy(rules, as_of=AS_OF).sha256 == policy.sha256
    assert rulebook_fingerprint(rules) == fingerprint != ""


def test_the_copy_is_the_rulebook_to_the_last_byte(rules: Path, tmp_path: Path) -> None:
    store_rules(rules, tmp_path / "run")
    copy = tmp_path / "run" / "rules" / rules.name
    assert rulebook_fingerprint(copy) == rulebook_fingerprint(rules)
    assert load_policy(copy, as_of=AS_OF).sha256 == load_policy(rules, as_of=AS_OF).sha256
