"""`eligibility rules diff --prove`: whether two rulebooks decide everybody alike, and where they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from eligibility.cli.rules_prove import UNDECIDED
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.model.diagnostic import Bilingual
from eligibility.proving import Comparison, Region, Verdict, compare, require_solver
from eligibility.rulebook.difference import day_in_force, read_side
from eligibility.rulebook.difference_lines import Side
from eligibility.store.folders import atomic_file


def show_comparison(
    old: Path, new: Path, today: date, *, seconds: float, run: Path | None, out: Path | None, lang: str, json: bool
) -> None:
    """Print whether every outcome is the same, or the regions; with `run`, who of it changes; with `out`, the persons as cases.

    Exit status 3 where it could not be proved in time. Raises `InputError` where a rulebook cannot be used, or no solver.
    """
    require_solver()
    before, after = (read_side(folder, day_in_force(folder, today)) for folder in (old, new))
    comparison = compare(before, after, seconds)
    if out is not None:
        _write_cases(comparison, after.policy.id, out)
    changed = None if run is None else _changed(run, new)
    if json:
        print_json(_plain(comparison) | ({} if changed is None else {"run": changed}))
    else:
        titles = {name: _title(after, name) for name in after.policy.outcomes}
        _tell(comparison, titles, lang=lang)
        if changed is not None:
            _tell_run(changed, titles, lang=lang)
    if comparison.outcomes is Verdict.UNDECIDED or comparison.undecided:
        raise SystemExit(UNDECIDED)


def _tell(comparison: Comparison, titles: dict[str, Bilingual], *, lang: str) -> None:
    console, en = Screen(soft_wrap=True), lang == "en"
    console.print(f"{on('bold')}{_headline(comparison, en=en)}{OFF}")
    for region in comparison.regions:
        console.print(f"  • {region.sentence.in_language(lang)}")
        if region.person is not None:
            such = "such a person" if en else "这样的人"
            known, decision = (text.in_language(lang) for text in (region.person.stated, region.person.decided))
            console.print(f"      {such}{': ' if en else '：'}{known} → {decision}")
    for was, becomes in comparison.undecided:
        turn = " → ".join(titles[name].in_language(lang) for name in (was, becomes))
        console.print(f"  ? {turn}{': not proved in time' if en else '：限时之内未能证明有没有这样的人'}")


def _title(side: Side, outcome: str) -> Bilingual:
    english = side.policy.english.outcomes.get(outcome, outcome.replace("_", " "))
    return Bilingual(side.policy.outcomes[outcome], english)


def _write_cases(comparison: Comparison, new: str, out: Path) -> None:
    """Write the person of each region as a case, which `check` decides one way by the old rulebook, and otherwise by the new."""
    for region in comparison.regions:
        if region.person is not None:
            out.mkdir(parents=True, exist_ok=True)
            with atomic_file(out / f"{new}-{region.was}-{region.becomes}.yaml") as partial:
                partial.write_text(region.person.case, encoding="utf-8")


def _headline(comparison: Comparison, *, en: bool) -> str:
    if comparison.outcomes is Verdict.UNDECIDED:
        why = f" ({comparison.problem})" if comparison.problem else ""
        return f"Not proved: equal or not is not known{why}." if en else f"未能证明：是否相同不得而知{why}。"
    if comparison.outcomes is Verdict.FAILED:
        return "They decide some persons differently:" if en else "两份规则对下列的人结论不同："
    if comparison.reasons is Verdict.PROVED:
        return (
            "Proved: everybody gets the same outcome, for the same reasons."
            if en
            else "已证明：任何人的结论相同，原因也相同。"
        )
    if comparison.reasons is Verdict.FAILED:
        return (
            "Proved: everybody gets the same outcome; the reasons told differ for some."
            if en
            else "已证明：任何人的结论相同；有人的原因说法不同。"
        )
    return (
        "Proved: everybody gets the same outcome; of the reasons nothing is known."
        if en
        else "已证明：任何人的结论相同；原因是否相同未能证明。"
    )


def _changed(run: Path, new: Path) -> dict[str, Any]:
    """The persons of a run whom the new rulebook decides otherwise than the run did."""
    from eligibility.application.changed_persons import changed_persons

    return changed_persons(run, new)


def _tell_run(changed: dict[str, Any], titles: dict[str, Bilingual], *, lang: str) -> None:
    console, en = Screen(soft_wrap=True), lang == "en"
    total = changed["changed"]
    if not total:
        persons = f"{changed['persons']:,}"
        console.print(
            f"Of the {persons} persons of the run nobody changes." if en else f"该结果 {persons} 人，没有人的结论改变。"
        )
        return
    console.print(
        f"{total:,} of {changed['persons']:,} persons of the run change:"
        if en
        else f"该结果 {changed['persons']:,} 人中，{total:,} 人的结论改变："
    )
    for turn in changed["turns"]:
        was, becomes = (
            titles.get(turn[key], Bilingual(turn[key], turn[key])).in_language(lang) for key in ("was", "becomes")
        )
        console.print(f"  {was} → {becomes}  {turn['persons']:,}")
        for person in turn["named"]:
            console.print(f"      {person['name']}  {person['id']}")
        more = turn["persons"] - len(turn["named"])
        if more:
            console.print(f"      {f'and {more:,} more' if en else f'另 {more:,} 人'}")


def _plain(comparison: Comparison) -> dict[str, Any]:
    return {
        "outcomes_equal": comparison.outcomes.value,
        "reasons_equal": comparison.reasons.value,
        "problem": comparison.problem,
        "regions": [_region_json(region) for region in comparison.regions],
        "undecided": [{"was": was, "becomes": becomes} for was, becomes in comparison.undecided],
    }


def _region_json(region: Region) -> dict[str, Any]:
    return {
        "was": region.was,
        "becomes": region.becomes,
        "sentence": region.sentence._asdict(),
        "case": "" if region.person is None else region.person.case,
        "reasons": list(region.reasons),
    }
