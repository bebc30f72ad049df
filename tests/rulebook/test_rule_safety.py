"""Rule files are data: nothing in them runs, reads another file, or takes more than a moment or a little memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eligibility.model.diagnostic import Diagnostic
from eligibility.model.units import ValueFormatError, quantity
from eligibility.rulebook.lint import check_rules
from eligibility.rulebook.yaml_file import LARGEST, read_yaml
from rulebook.overlay import Overlay
from rulebook.rule_copy import AS_OF
from rulebook.test_rulebook_expressions import compiled

MOMENT = 8.0
"""Seconds, on a busy machine; each takes a fraction of one."""

LIST = "a: &a [x, x, x, x, x, x, x, x, x]\n"
BOMB = LIST + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
PWNED = "open(r'{}', 'w').close()"


def found_in(content: str | bytes, tmp_path: Path) -> list[Diagnostic]:
    path = tmp_path / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    begun = time.monotonic()
    file, found = read_yaml(path)
    assert time.monotonic() - begun < MOMENT
    assert len(repr(file.content)) < 2 * LARGEST
    return found


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:builtins.exec", "!!python/object/new:os.system", "!!python/name:os.system", "!!python/module:os",
        "!!python/object:subprocess.Popen", "!<tag:yaml.org,2002:python/object/apply:os.system>", "!include", "!ENV", "!!binary",
        "!!set", "!!omap", "!!str", "!",
    ],
)  # fmt: skip
def test_no_tag_makes_anything(tag: str, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    found = found_in(f'id: {tag} ["{PWNED.format(victim)}"]\ntitle: {tag} /etc/passwd\n', tmp_path)
    assert {f.code for f in found} == {"bad_yaml"}
    assert len(found) == 2
    assert not victim.exists()


@pytest.mark.parametrize(
    "text",
    [
        "%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system x\n", "%YAML 1.1\n---\na: yes\n", "a: 1\n---\nb: 2\n",
        "a: &x {b: *x}\n", "<<: {a: 1}\n", "a: {<<: [{b: 1}]}\n", "? [a, b]\n: c\n", "? {a: b}\n: c\n", "&x a: 1\n*x : 2\n",
    ],
)  # fmt: skip
def test_no_notation_but_plain_keys_and_values(text: str, tmp_path: Path) -> None:
    assert {f.code for f in found_in(text, tmp_path)} <= {"bad_yaml", "duplicate_id"}
    assert found_in(text, tmp_path)


def test_an_alias_bomb_is_nine_findings_and_not_a_billion_words(tmp_path: Path) -> None:
    found = found_in(BOMB, tmp_path)
    assert {f.code for f in found} == {"bad_yaml"}
    assert "锚点" in found[0].problem.zh


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a: " + "[" * 5_000 + "]" * 5_000, "too_deep"),
        ("a: " + "{b: " * 5_000 + "}" * 5_000, "too_deep"),
        ("\n".join("  " * depth + f"k{depth}:" for depth in range(300)), "too_deep"),
        ("- " * 2_000 + "x", "too_deep"),
        ("? " * 2_000 + "x", "too_deep"),
        ("a: " + "[" * 100_000, "too_deep"),
        ("a: " + "x" * 20_000, "too_large"),
        ("a: |\n" + "  xxxxxxxxx\n" * 5_000, "too_large"),
        ('a: "' + "\\u4e00" * 12_000 + '"', "too_large"),
        ("a: [" + "x," * 25_000 + "]", "too_large"),
        ("".join(f"k{n}: 1\n" for n in range(21_000)), "too_large"),
        ("a: 1\n" + "# x\n" * 80_000, "too_large"),
        (b"a: 1\n" + b"\0" * 100, "bad_yaml"),
        (b"\xff\xfe" + "a: 1".encode("utf-16-le"), "bad_yaml"),
        ("a: " + "'" * 100_001, "bad_yaml"),
        ("a: " + "!" * 100_000, "bad_yaml"),
        ("a: " + "&" * 100_000, "bad_yaml"),
        ("a: " + "%" * 100_000, "bad_yaml"),
        ("a:" * 60_000, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_what_is_too_deep_or_too_large_is_refused_in_a_moment(content: str | bytes, code: str, tmp_path: Path) -> None:
    [found] = found_in(content, tmp_path)
    assert found.code == code
    assert found.remedy.zh


def test_a_file_just_below_the_limit_is_read(tmp_path: Path) -> None:
    line = "# " + "x" * 97 + "\n"
    text = "a: 1\n" + line * ((LARGEST - 5) // 100)
    assert found_in(text, tmp_path) == []


def test_a_huge_file_takes_no_memory(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as stream:
        stream.truncate(50 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, [found] = read_yaml(huge)
    assert found.code == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.fixture
def laid(tmp_path: Path) -> Overlay:
    source = tmp_path / "nothing.yaml"
    source.write_text("# file: rules/bodies.yaml\noffice: 经办机构\n", encoding="utf-8")
    return Overlay.of(source, tmp_path / "laid")


def codes(laid: Overlay) -> dict[str, str]:
    return {Path(f.at.file).name: f.code for f in check_rules(laid.rules, as_of=AS_OF).findings if f.level == "error"}


SECRET = "root_password: hunter2"


def replaced_by_link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    "name",
    [
        "base/parameters/line.yaml",
        "base/clauses/adult.yaml",
        "base/conditions.yaml",
        "base/rulebook.yaml",
        "facts.yaml",
    ],
)
def test_a_link_out_of_the_rules_is_not_followed(name: str, laid: Overlay, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(SECRET, encoding="utf-8")
    replaced_by_link(laid.rules / name, secret)
    found = check_rules(laid.rules / "base", as_of=AS_OF).findings
    assert next(f.code for f in found if Path(f.at.file).name == Path(name).name) == "outside_rules"
    assert not any("hunter2" in f.in_language("zh") or "root_password" in f.in_language("zh") for f in found)


def test_a_folder_that_leads_out_of_the_rules_is_not_followed(laid: Overlay, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "adult.yaml").write_text(SECRET, encoding="utf-8")
    clauses = laid.rules / "base" / "clauses"
    clauses.rename(tmp_path / "old")
    clauses.symlink_to(tmp_path / "elsewhere")
    assert codes(laid)["adult.yaml"] == "outside_rules"


def test_a_link_within_the_rules_is_an_ordinary_file(laid: Overlay) -> None:
    (laid.rules / "base" / "line").write_bytes((laid.rules / "base" / "parameters" / "line.yaml").read_bytes())
    replaced_by_link(laid.rules / "base" / "parameters" / "line.yaml", Path("../line"))
    assert codes(laid) == {}


def test_links_in_a_circle_pipes_and_folders_are_no_rule_files(laid: Overlay) -> None:
    parameters = laid.rules / "base" / "parameters"
    replaced_by_link(parameters / "loop.yaml", Path("loop.yaml"))
    os.mkfifo(parameters / "pipe.yaml")
    (parameters / "folder.yaml").mkdir()
    told = codes(laid)
    assert told["pipe.yaml"] == told["folder.yaml"] == "unreadable_file"
    assert told["loop.yaml"] in ("outside_rules", "unreadable_file")


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "..", "a/b", "line.yaml", "%2e%2e/x"])
def test_a_name_is_never_a_path(name: str, laid: Overlay) -> None:
    clause = laid.rules / "base" / "clauses" / "adult.yaml"
    text = clause.read_text(encoding="utf-8").replace("instrument: law", f'instrument: "{name}"')
    clause.write_text(text + f'on_open: [{{use: "{name}"}}]\n', encoding="utf-8")
    assert codes(laid) == {"adult.yaml": "unknown_name"}


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "eval('1')", "open('/etc/passwd')", "read_csv('/etc/passwd')", "student.__class__",
        "read_text('/etc/passwd') = 'x'", "exists (select * from read_csv('/etc/passwd'))", "student in (select 1)",
        "(select count(*) from persons) > 1", "lawful_loss > (select 1)", "student; copy persons to '/x'", "attach 'x'",
        "install httpfs", "load httpfs", "pragma version", "getenv('HOME') = 'x'", "employee_pension = getenv('HOME')",
        "employee_pension = 'none' || 'x'", "lambda x: x", "student[0]", "{student}", "$student", ":student", "@student", "?",
        "case when student then student end", "cast(student as text) = 'x'", "lawful_loss * own_area > 1 亩", "lawful_loss % 2 > 1 亩",
        "quantity(1, '亩') > lawful_loss", "unknown(unknown(student))", "student is null", "student = null", "true", "1 = 1",
        "values (1)", "with x as (select 1) select * from x", "from persons", "describe persons", "set x = 1", "student as x",
        "student and (student,", "'; drop table persons; --'", "/* x */", "student /* x", "interval '1 day' > approval_date",
    ],
)  # fmt: skip
def test_no_expression_calls_queries_or_reaches_inside(text: str) -> None:
    made, wrong = compiled(text)
    if text == "quantity(1, '亩') > lawful_loss":  # how a number with a unit is met; it says what `1 亩` says
        assert (made, wrong) == compiled("1 亩 > lawful_loss")
        return
    assert set(wrong) <= {"bad_expression", "type_mismatch", "unit_mismatch", "unknown_name"}
    assert wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 400 + "student" + ")" * 400, "too_deep"),
        ("not " * 240 + "student", "too_deep"),
        ("（" * 13 + "student" + "）" * 13, "too_deep"),
        (" and ".join(["student"] * 200), "too_large"),
        ("student " * 100_000, "too_large"),
        ("lawful_loss > " + "9" * 900 + " 亩", "unit_mismatch"),
        ("lawful_loss > 0." + "0" * 900 + "1 亩", "unit_mismatch"),
        ("approval_date > start_date + 99999999999 年", "unit_mismatch"),
        ("approval_date > start_date - 99999999999 日", "unit_mismatch"),
    ],
    ids=lambda value: value[:18],
)
def test_a_monstrous_expression_is_refused_in_a_moment(text: str, code: str) -> None:
    begun = time.monotonic()
    _, wrong = compiled(text)
    assert wrong == [code]
    assert time.monotonic() - begun < MOMENT


def test_the_longest_expression_that_is_allowed_compiles() -> None:
    _, wrong = compiled(" and ".join(["officer"] * 80))
    assert wrong == []


@pytest.mark.parametrize("text", ["1e9亩", "1/3亩", "nan亩", "-1亩", "1亩" * 1000, "9" * 5000 + "亩", ""])
def test_a_number_is_digits_and_a_unit(text: str) -> None:
    from eligibility.model.policy import FactType

    with pytest.raises(ValueFormatError):
        quantity(text, FactType.AREA)


def test_checking_hostile_rules_in_a_small_address_space(laid: Overlay) -> None:
    """The whole command, as a person runs it, with a bomb in every folder and 1 GB to live in."""
    base = laid.rules / "base"
    (base / "conditions.yaml").write_text(BOMB, encoding="utf-8")
    (base / "parameters" / "line.yaml").write_text("a: " + "[" * 100_000, encoding="utf-8")
    (base / "clauses" / "adult.yaml").write_text(
        "id: adult\nwhen: " + "{not: " * 3_000 + "x" + "}" * 3_000, encoding="utf-8"
    )
    command = [sys.executable, "-c", _LIMITED, "rules", "check", str(laid.rules), "--as-of", "2022-10-31"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2, done.stderr
    assert {"[bad_yaml]", "[too_deep]"} <= set(done.stdout.replace("]", "] ").split())


_LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from eligibility.cli import main
main()
"""
