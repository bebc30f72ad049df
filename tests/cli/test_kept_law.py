"""A rulebook kept compiled is the rulebook: equal on every day, forgotten at any change, and harmless when damaged."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from eligibility.application import kept_law, user_cache
from eligibility.application.kept_law import policy_on, read_policy, regimes_in
from eligibility.domain.finding import Unusable
from eligibility.domain.policy import Policy
from eligibility.rulebook import load_policy, loading, read_regimes, rulebooks
from eligibility.rulebook.packed import pack, unpack
from rulebook.overlay import Overlay
from rulebook.rule_copy import AS_OF, RuleCopy
from support.paper_folder import RULES

DAY = timedelta(days=1)
GOOD = sorted((Path(__file__).parents[1] / "rulebook" / "good").glob("*.yaml"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "eligibility"


@pytest.fixture
def rules(tmp_path: Path) -> RuleCopy:
    return RuleCopy.at(tmp_path)


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("the rule files were read")

    monkeypatch.setattr(loading, "_read", read)


def same(one: Policy, other: Policy) -> bool:
    return one == other and repr(one) == repr(other)  # the order of dictionaries, and every type


def asked(folder: Path, day: date, how: object) -> object:
    try:
        return how(folder, day)  # type: ignore[operator]
    except Unusable as unusable:
        return [finding.say("zh") for finding in unusable.findings]


@pytest.mark.parametrize("name", rulebooks(RULES.parent))
def test_on_every_day_on_which_a_value_turns_the_kept_policy_is_the_one_read(name: str, cache: Path) -> None:
    folder = RULES.parent / name
    policy = policy_on(folder, AS_OF)
    dated = [one for parameter in policy.parameters.values() for one in parameter.timeline]
    turns = {turn for one in dated for turn in (one.since, one.until) if turn is not None}
    turns |= {policy.in_force_from, AS_OF, date(2031, 7, 8)}
    for day in sorted(day for turn in turns for day in (turn - DAY, turn, turn + DAY)):
        read = asked(folder, day, lambda folder, day: load_policy(folder, as_of=day))
        for _ in range(2):  # when it is kept, and from what was kept
            told = asked(folder, day, policy_on)
            assert told == read
            assert repr(told) == repr(read)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_every_construct_of_the_rule_language_comes_back_equal(path: Path, tmp_path: Path) -> None:
    laid = Overlay.of(path, tmp_path)
    policy = load_policy(laid.rules / "base", as_of=AS_OF)
    assert same(unpack(pack(policy)), policy)


def test_the_regimes_come_back_equal(cache: Path) -> None:
    assert [regimes_in(RULES.parent) for _ in range(2)] == [read_regimes(RULES.parent)] * 2
    assert len(list(cache.iterdir())) == 1


def test_a_second_question_reads_no_rule_file(cache: Path, request: pytest.FixtureRequest) -> None:
    read = policy_on(RULES, AS_OF)
    request.getfixturevalue("no_reader")
    assert same(policy_on(RULES, AS_OF), read)
    assert policy_on(RULES, date(2024, 2, 29)).as_of == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("km-reform/parameters/most_land_line.yaml", "0.3", "0.4"),
        ("facts.yaml", "title: 承包耕地面积", "title: 承包地面积"),
        ("km-reform/rulebook.yaml", "since: 2019-01-01", "since: 2019-01-02"),
    ],
)
def test_an_edited_rule_file_is_read_again(path: str, old: str, new: str, cache: Path, rules: RuleCopy) -> None:
    before = policy_on(rules.root / "km-reform", AS_OF)
    file = rules.root / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = policy_on(rules.root / "km-reform", AS_OF)
    assert after != before
    assert same(after, rules.load())


def test_an_added_and_a_renamed_file_are_told_though_the_old_policy_is_kept(cache: Path, rules: RuleCopy) -> None:
    policy_on(rules.root / "km-reform", AS_OF)
    line = rules.root / "km-reform" / "parameters" / "most_land_line.yaml"
    line.rename(line.with_name("renamed.yaml"))
    with pytest.raises(Unusable, match="id_and_name"):
        policy_on(rules.root / "km-reform", AS_OF)


def test_a_renamed_folder_is_told_though_its_files_are_kept(cache: Path, rules: RuleCopy) -> None:
    policy_on(rules.root / "km-reform", AS_OF)
    with pytest.raises(Unusable, match="id_and_name"):
        policy_on((rules.root / "km-reform").rename(rules.root / "km"), AS_OF)


def test_a_link_out_of_the_rules_is_told_though_the_same_bytes_are_kept(cache: Path, rules: RuleCopy) -> None:
    policy_on(rules.root / "km-reform", AS_OF)
    line = rules.root / "km-reform" / "parameters" / "most_land_line.yaml"
    line.rename(rules.root.parent / "outside.yaml")
    line.symlink_to(rules.root.parent / "outside.yaml")
    with pytest.raises(Unusable, match="outside_rules"):
        policy_on(rules.root / "km-reform", AS_OF)


def test_a_broken_rulebook_is_told_every_time_and_never_kept(cache: Path, rules: RuleCopy) -> None:
    (rules.root / "km-reform" / "clauses" / "broken.yaml").write_text("when: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Unusable, match="bad_yaml"):
            policy_on(rules.root / "km-reform", AS_OF)
    assert not cache.exists()


def test_what_another_program_kept_is_not_used(
    cache: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    policy_on(RULES, AS_OF)
    monkeypatch.setattr(kept_law, "_program", lambda: "another program")
    request.getfixturevalue("no_reader")
    with pytest.raises(AssertionError, match="were read"):
        policy_on(RULES, AS_OF)


def test_rules_edited_while_they_are_read_are_not_kept(
    cache: Path, rules: RuleCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = loading._read

    def read_and_edit(*given: object) -> object:
        draft = read(*given)  # type: ignore[arg-type]
        rules.edit("km-reform/rulebook.yaml", "title: ", "title: 新")
        return draft

    monkeypatch.setattr(loading, "_read", read_and_edit)
    policy_on(rules.root / "km-reform", AS_OF)
    assert not cache.exists()


def signed(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


DAMAGE = {
    "empty": lambda raw: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "one bit": lambda raw: raw[:500] + bytes([raw[500] ^ 1]) + raw[501:],
    "no json": lambda raw: signed(b"policy"),
    "another value": lambda raw: signed(b"[1, 2]"),
    "a class that is none": lambda raw: signed(b'["Popen", "true"]'),
    "a field too many": lambda raw: signed(raw.split(b"\n", 1)[1][:-1] + b",1]"),
    "deeper than can be read": lambda raw: signed(b"[" * 100_000),
    "no utf-8": lambda raw: signed(b'["\xff"]'),
    "too long": lambda raw: signed(b" " * 5_000_000 + raw.split(b"\n", 1)[1]),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_damaged_is_read_anew(damage: str, cache: Path) -> None:
    read = policy_on(RULES, AS_OF)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(DAMAGE[damage](whole))
    assert same(policy_on(RULES, AS_OF), read)
    assert file.read_bytes() == whole, "and kept again"


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_others_may_write_is_not_read(what: str, cache: Path, request: pytest.FixtureRequest) -> None:
    policy_on(RULES, AS_OF)
    (file,) = cache.iterdir()
    assert (cache.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    (cache if what == "folder" else file).chmod(0o777)
    request.getfixturevalue("no_reader")
    with pytest.raises(AssertionError, match="were read"):
        policy_on(RULES, AS_OF)


def test_where_nothing_can_be_kept_rules_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert same(policy_on(RULES, AS_OF), load_policy(RULES, as_of=AS_OF))


def test_a_folder_in_the_place_of_what_is_kept_is_no_hindrance(cache: Path) -> None:
    read = policy_on(RULES, AS_OF)
    (file,) = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert same(policy_on(RULES, AS_OF), read)


def test_the_oldest_are_forgotten(cache: Path) -> None:
    for number in range(user_cache.MOST + 5):
        user_cache.keep(f"k{number:03}", "text")
    assert len(list(cache.iterdir())) == user_cache.MOST
    assert user_cache.kept(f"k{number:03}") == "text"


def test_explaining_and_checking_wait_for_no_reader_of_rule_files(cache: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; from eligibility.application.kept_law import policy_on;"
        f"policy_on(Path({str(RULES)!r}), date(2022, 10, 31));"
        "print({'ruamel.yaml', 'pydantic', 'sqlglot'} & {*sys.modules})"
    )
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert said[1].stdout == "set()\n"


def test_where_the_versions_of_its_libraries_are_not_known_nothing_is_kept(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_law, "_libraries", lambda: ["pydantic-2.14.3.dist-info"])
    monkeypatch.setattr(kept_law, "_program", kept_law._program.__wrapped__)
    assert same(policy_on(RULES, AS_OF), load_policy(RULES, as_of=AS_OF))
    assert not cache.exists()


def test_a_batch_reads_the_rule_files_whatever_is_kept(cache: Path, request: pytest.FixtureRequest) -> None:
    policy_on(RULES, AS_OF)
    request.getfixturevalue("no_reader")
    with pytest.raises(AssertionError, match="were read"):
        read_policy(RULES, AS_OF)


def test_explaining_imports_no_reader_and_nothing_of_a_batch(cache: Path) -> None:
    code = (
        "import sys, typer; from eligibility.cli.app import app; from eligibility.domain.finding import Unusable\n"
        "try: app(['explain', '1', '--run', 'no/where', '--for', 'citizen'], standalone_mode=False)\n"
        "except Unusable as told: print(told.findings[0].code)\n"
        "print({'ruamel.yaml', 'sqlglot', 'numpy', 'pyarrow', 'scipy', 'networkx'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "run_missing\nset()\n"
