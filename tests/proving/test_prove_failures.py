"""Each kind of failure is found, with the place in the rule files and a person whom `eligibility check` decides so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility.application.case import decide_case
from eligibility.model.diagnostic import InputError
from eligibility.proving import Claim, Proof, Verdict, compare, prove
from proving.small_books import DAY, SmallBook

LAND = {
    "left": {"type": "area", "unit": "亩", "in_dossier": False},
    "each": {"type": "area_per_head", "unit": "亩", "in_dossier": False},
}
SEX = {"sex": {"type": "choice", "choices": ["男", "女"], "in_dossier": False}}
AGE = {"age": {"type": "years", "unit": "岁", "in_dossier": False}}
YES = {"yes": {"type": "truth", "in_dossier": False}}


def proof_of(book: SmallBook, root: Path) -> Proof:
    return prove(book.side(root), 30)


def failures(proof: Proof, kind: str) -> list[Claim]:
    return [claim for claim in proof.claims if claim.property == kind and claim.verdict is Verdict.FAILED]


def outcomes_by_check(claim: Claim, root: Path) -> list[str]:
    """What `eligibility check` says of the persons of a failure."""
    outcomes = []
    for i, person in enumerate(claim.persons):
        case = root / f"case{i}.yaml"
        case.write_text(person.case, encoding="utf-8")
        outcomes.append(decide_case(case, root / "rules" / "book", DAY).outcome)
    return outcomes


def test_a_presumption_is_overturned_by_the_paper_that_comes_later(tmp_path: Path) -> None:
    book = SmallBook({"ok": "not yes or unknown(yes)"}, {"only": {"kind": "requirement", "when": "ok"}}, YES)
    (claim,) = failures(proof_of(book, tmp_path), "never_overturned")
    assert outcomes_by_check(claim, tmp_path) == ["eligible", "not_eligible"]
    assert [name for name, _ in claim.places] == ["ok"]
    assert claim.persons[1].row == {"yes": True}


def test_an_accepted_presumption_is_shown_and_hides_no_other(tmp_path: Path) -> None:
    accepted = {"expression": "(not yes or unknown(yes)) and sure", "accepted": {"never_overturned": "先按没有办理"}}
    truths = ("yes", "also", "sure")
    facts = {name: {"type": "truth", "in_dossier": False} for name in truths}
    clauses = {"only": {"kind": "requirement", "when": "ok"}}
    proof = proof_of(SmallBook({"ok": accepted}, clauses, facts), tmp_path / "one")
    assert [c.accepted for c in proof.claims if c.verdict is Verdict.ACCEPTED] == ["先按没有办理"]
    assert proof.holds
    clauses |= {"second": {"kind": "requirement", "when": "fine"}}
    other = {"ok": accepted, "fine": "(not also or unknown(also)) and sure"}
    proof = proof_of(SmallBook(other, clauses, facts), tmp_path / "two")
    (claim,) = failures(proof, "never_overturned")
    assert {name for name, _ in claim.places} == {"fine"}


@pytest.mark.parametrize("related", [False, True])
def test_arithmetic_between_facts_decides_who_is_possible(related: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Nothing left in all, and much left a head: nobody, once the rule files say how the two facts hang together."""
    each = {**LAND["each"], **({"always": ["not 事实left = 0 or 事实each = 0"]} if related else {})}
    book = SmallBook(
        {"odd": "left = 0 and each > 0.3 亩"},
        {"only": {"kind": "exclusion", "when": "odd"}},
        {"left": LAND["left"], "each": each},
    )
    proof = proof_of(book, tmp_path)
    assert [claim.subject for claim in failures(proof, "outcome_reached")] == (["not_eligible"] if related else [])
    assert [text for text, _ in proof.assumptions] == each.get("always", [])


def test_a_clause_that_repeats_another_is_dead_and_named_with_its_line(tmp_path: Path) -> None:
    clauses = {
        "first": {"kind": "requirement", "when": "k"},
        "second": {"kind": "requirement", "when": "k"},
    }
    dead = failures(proof_of(SmallBook({"k": "yes"}, clauses, YES), tmp_path), "clause_matters")
    assert [claim.subject for claim in dead] == ["first", "second"]
    (name, at) = dead[1].places[0]
    assert (name, at.file.endswith("clauses/second.yaml"), at.row) == ("second", True, 1)


def test_a_word_in_the_rules_that_depends_on_sex_breaks_the_promise(tmp_path: Path) -> None:
    book = SmallBook(
        {"old": "(sex = '男' and age >= 60 岁) or (sex = '女' and age >= 55 岁)"},
        {"only": {"kind": "requirement", "when": "old"}},
        {**SEX, **AGE},
        fairness={"never_depends_on": ["sex"]},
    )
    (claim,) = failures(proof_of(book, tmp_path), "never_depends_on")
    assert outcomes_by_check(claim, tmp_path) == [person.outcome for person in claim.persons]
    assert claim.persons[0].outcome != claim.persons[1].outcome
    first, second = (dict(person.row) for person in claim.persons)
    assert first.pop("sex") != second.pop("sex")
    assert first == second


HUKOU = {"kept_as": {"type": "choice", "choices": ["农业", "非农业"], "source": {"headers": ["户口类型"]}}}
"""A fact under another name, which the column of the kind of hukou tells."""


def test_a_promise_about_what_is_no_fact_holds_of_every_fact_that_tells_it(tmp_path: Path) -> None:
    promises = {"never_depends_on": ["户口性质", "姓名", "ethnicity"]}
    clauses = {"only": {"kind": "requirement", "when": "rural"}}
    proof = proof_of(SmallBook({"rural": "kept_as = '农业'"}, clauses, HUKOU, fairness=promises), tmp_path / "asked")
    (claim,) = failures(proof, "never_depends_on")
    assert claim.subject == "户口性质"
    assert {name for name, _ in claim.places} == {"户口性质", "rural"}
    assert outcomes_by_check(claim, tmp_path / "asked") == [person.outcome for person in claim.persons]
    assert claim.persons[0].outcome != claim.persons[1].outcome
    kept = [c.subject for c in proof.claims if c.property == "never_depends_on" and c.verdict is Verdict.PROVED]
    assert kept == ["姓名", "ethnicity"]
    unasked = SmallBook({"rural": "yes"}, clauses, {**HUKOU, **YES}, fairness=promises)
    assert failures(proof_of(unasked, tmp_path / "unasked"), "never_depends_on") == []


def test_a_name_that_nobody_knows_promises_nothing(tmp_path: Path) -> None:
    """A slip in the name of an attribute must not be kept by accident."""
    clauses = {"only": {"kind": "requirement", "when": "k"}}
    book = SmallBook({"k": "yes"}, clauses, YES, fairness={"never_depends_on": ["户口姓质"]})
    with pytest.raises(InputError, match="户口性质"):
        book.side(tmp_path)


def test_a_paper_that_hurts_is_a_trap(tmp_path: Path) -> None:
    book = SmallBook(
        {"k": "not yes"},
        {"only": {"kind": "requirement", "when": "k"}},
        YES,
        fairness={"never_hurts": [{"fact": "yes"}]},
    )
    (claim,) = failures(proof_of(book, tmp_path), "never_hurts")
    assert outcomes_by_check(claim, tmp_path) == ["eligible", "not_eligible"]


def test_two_clauses_that_nobody_can_meet_contradict_each_other(tmp_path: Path) -> None:
    clauses = {
        "young": {"kind": "requirement", "when": "below"},
        "grown": {"kind": "requirement", "when": "above"},
        "sound": {"kind": "requirement", "when": "fine"},
    }
    conditions = {"below": "age < 16 岁", "above": "age >= 16 岁", "fine": "yes"}
    proof = proof_of(SmallBook(conditions, clauses, {**AGE, **YES}), tmp_path)
    assert [claim.subject for claim in failures(proof, "clauses_agree")] == ["young grown"]
    assert [claim.subject for claim in failures(proof, "outcome_reached")] == ["eligible"]


@pytest.mark.parametrize(
    ("below", "above", "alone"), [("<", ">", True), ("<=", ">", False), ("<", ">=", False), ("<=", ">=", False)]
)
def test_a_line_belongs_to_one_side(below: str, above: str, alone: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Refused below and above by two clauses of their own: the line itself must not be forgotten between them."""
    clauses = {
        "low": {"kind": "exclusion", "when": "lower"},
        "high": {"kind": "exclusion", "when": "higher"},
    }
    conditions = {"lower": f"age {below} 16 岁", "higher": f"age {above} 16 岁"}
    proof = proof_of(SmallBook(conditions, clauses, AGE), tmp_path)
    found_alone = failures(proof, "boundary_once")
    assert bool(found_alone) is alone
    if alone:
        assert found_alone[0].persons[0].row == {"age_lo": 16, "age_hi": 16}
        assert {name for name, _ in found_alone[0].places} == {"lower", "higher"}


SUMS = {name: {"type": "area", "unit": "亩", "in_dossier": False} for name in ("own", "rented")}
BIRTH = {name: {"type": "date", "in_dossier": False} for name in ("birth_date", "day")}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize(
    ("facts", "lower", "higher"),
    [
        pytest.param(SUMS, "own + rented < 3 亩", "2 * own + 2 * rented > 6 亩", id="sum"),
        pytest.param(SUMS, "own < 50% * rented", "50% * rented < own", id="share"),
        pytest.param(BIRTH, "年龄(day) < 16 岁", "年龄(day) > 16 岁", id="age"),
        pytest.param(BIRTH, "birth_date < day", "day < birth_date", id="days"),
    ],
)
def test_a_line_of_sums_shares_and_ages_belongs_to_one_side(
    facts: dict[str, Any], lower: str, higher: str, tmp_path: Path, *, closed: bool
) -> None:
    """Refused below and above by two clauses of their own; `closed`: one of them takes the line itself as well."""
    conditions = {"lower": lower.replace("<", "<=") if closed else lower, "higher": higher}
    clauses = {name: {"kind": "exclusion", "when": name} for name in conditions}
    proof = proof_of(SmallBook(conditions, clauses, facts), tmp_path)
    alone = failures(proof, "boundary_once")
    assert bool(alone) is not closed
    for claim in alone:
        assert {name for name, _ in claim.places} == {"lower", "higher"}
        assert outcomes_by_check(claim, tmp_path) == ["eligible"]
        assert claim.persons[0].smallest


def test_the_person_shown_has_the_fewest_facts_although_another_is_irreducible(tmp_path: Path) -> None:
    """Two no's tell that nothing is wrong, and so do three others, of which none can be left out."""
    names = ("first", "second", "third", "fourth")
    conditions = {"bad": "(first and second) or (third and (first or fourth)) or fourth"}
    clauses = {"only": {"kind": "exclusion", "when": "bad"}}
    fairness = {"never_hurts": [{"fact": "fourth"}]}
    for order in (names, names[::-1]):
        facts = {name: {"type": "truth", "in_dossier": False} for name in order}
        book = SmallBook(conditions, clauses, facts, fairness=fairness)
        (claim,) = failures(proof_of(book, tmp_path / order[0]), "never_hurts")
        known = {name for person in claim.persons for name, value in person.row.items() if value is not None}
        assert known == {"first", "fourth"}
        assert all(person.smallest for person in claim.persons)


def test_a_reason_without_anybody_to_settle_it_is_a_trap(tmp_path: Path) -> None:
    nobody = {"nowhere": {"title": "无处", "documents": ["paper"], "bodies": []}}
    clauses = {"only": {"kind": "requirement", "when": "k", "otherwise": ["nowhere"]}}
    (claim,) = failures(proof_of(SmallBook({"k": "yes"}, clauses, YES, reasons=nobody), tmp_path), "reason_has_body")
    assert claim.persons[0].reasons == ("nowhere",)


def test_what_time_does_not_suffice_for_is_undecided_and_never_proved(tmp_path: Path) -> None:
    clauses: dict[str, dict[str, Any]] = {"only": {"kind": "requirement", "when": "k"}}
    proof = prove(SmallBook({"k": "yes"}, clauses, YES).side(tmp_path), 0)
    assert not proof.holds
    assert {claim.verdict for claim in proof.claims if claim.property == "never_overturned"} == {Verdict.UNDECIDED}


def test_arithmetic_that_nobody_fits_proves_nothing(tmp_path: Path) -> None:
    left = {**LAND["left"], "always": ["事实left < 1 亩", "事实left > 2 亩"]}
    facts = {"left": left, **YES}
    conditions = {"k": "yes and left > 0"}
    required = SmallBook(conditions, {"only": {"kind": "requirement", "when": "k"}}, facts)
    excluded = SmallBook(conditions, {"only": {"kind": "exclusion", "when": "k"}}, facts)
    first, second = required.side(tmp_path / "a"), excluded.side(tmp_path / "b")
    assert compare(first, second).outcomes is Verdict.UNDECIDED
    assert not prove(first, 30).holds
