"""`eligibility rules prove`: what is proved of a rulebook, what fails and who shows it, and what could not be proved."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from eligibility.cli import UNUSABLE
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.proving import PROPERTIES, Claim, Person, Proof, Verdict, prove_folder, require_solver
from eligibility.rulebook import rulebooks
from eligibility.rulebook.problems import suggestion
from eligibility.store.folders import atomic_file

UNDECIDED = 3
"""Exit status where nothing failed and not everything could be proved."""

_SIGNS = {Verdict.PROVED: "✓", Verdict.FAILED: "✗", Verdict.ACCEPTED: "○", Verdict.UNDECIDED: "?"}
_STYLES = {
    Verdict.PROVED: "green",
    Verdict.FAILED: "bold red",
    Verdict.ACCEPTED: "yellow",
    Verdict.UNDECIDED: "bold magenta",
}
_NOT_SMALLEST = Bilingual("（限时之内未能证明没有更小的）", " (that nobody smaller shows it was not proved in time)")
_SHOWN = (Verdict.FAILED, Verdict.UNDECIDED, Verdict.ACCEPTED)


def show_proof(folder: Path, today: date, *, seconds: float, out: Path | None, lang: str, json: bool) -> None:
    """Prove the rulebook in `folder`, or all below it, and say what came of it.

    Exit status 2 where a claim fails, 3 where none fails and some could not be proved in time. With `out`, every person
    who shows a failure is written there as a case. Raises `InputError` where there is no rulebook, or no solver.
    """
    require_solver()
    proofs = []
    console = Screen(soft_wrap=True)
    for each in _folders(folder):
        proof = prove_folder(each, today, seconds)
        proofs.append(proof)
        if not json:
            _tell(console, proof, each, lang=lang)
        if out is not None:
            _write_cases(proof, out)
    if json:
        print_json([proof_json(proof) for proof in proofs])
    if any(proof.count(Verdict.FAILED) for proof in proofs):
        raise SystemExit(UNUSABLE)
    if any(proof.count(Verdict.UNDECIDED) for proof in proofs):
        raise SystemExit(UNDECIDED)


def _folders(folder: Path) -> list[Path]:
    folder = folder if folder.name not in ("", "..") else folder.resolve()
    if (folder / "rulebook.yaml").is_file():
        return [folder]
    names = rulebooks(folder)
    if not names:
        problem = Bilingual("这里没有规则文件夹（缺 rulebook.yaml）", "there is no rulebook here (no rulebook.yaml)")
        remedy = suggestion(folder.name, rulebooks(folder.parent))
        raise InputError(Diagnostic("no_rulebook", SourceLocation(folder.as_posix()), problem, remedy))
    return [folder / name for name in names]


def _tell(console: Console, proof: Proof, folder: Path, *, lang: str) -> None:
    en = lang == "en"
    console.print(f"{on('bold')}{proof.title.in_language(lang)}{OFF}  {folder.as_posix()}  {proof.day}")
    for kind, title in PROPERTIES.items():
        counts = Counter(claim.verdict for claim in proof.claims if claim.property == kind)
        if counts:
            worst = next(verdict for verdict in (*_SHOWN, Verdict.PROVED) if counts[verdict])
            share = f"{counts[Verdict.PROVED]} / {counts.total()}"
            console.print(f"  {on(_STYLES[worst])}{_SIGNS[worst]}{OFF} {title.in_language(lang)}  {share}")
        for claim in proof.claims:
            if claim.property == kind and (claim.verdict in _SHOWN or kind == "boundary_once"):
                _tell_claim(console, claim, lang=lang)
    if proof.assumptions:
        texts = "；".join(text for text, _ in proof.assumptions)
        console.print(f"  {'assumed of every person' if en else '对任何人都假定'}：{texts}")
    console.print(_closing(proof, en=en))


def _tell_claim(console: Console, claim: Claim, *, lang: str) -> None:
    style, sign = _STYLES[claim.verdict], _SIGNS[claim.verdict]
    unproved = {"zh": "（限时之内未能证明，不作结论）", "en": " (could not be proved in time; nothing is known)"}
    tail = unproved["en" if lang == "en" else "zh"] if claim.verdict is Verdict.UNDECIDED else ""
    console.print(f"      {on(style)}{sign}{OFF} {claim.sentence.in_language(lang)}{tail}")
    if claim.verdict is Verdict.PROVED:
        return
    for name, at in claim.places:
        console.print(f"          {name}  {at.in_language(lang)}")
    if claim.accepted:
        console.print(f"          {'meant' if lang == 'en' else '有意如此'}：{claim.accepted}")
    for person in claim.persons:
        console.print(f"          {_person_line(person, lang=lang)}")


def _person_line(person: Person, *, lang: str) -> str:
    names = {
        "": Bilingual("这样的人", "such a person"),
        "before": Bilingual("原先", "before"),
        "after": Bilingual("后来", "after"),
        "one": Bilingual("一人", "one"),
        "other": Bilingual("另一人", "another"),
    }
    name = names.get(person.name, Bilingual(person.name, person.name)).in_language(lang)
    tail = "" if person.smallest else _NOT_SMALLEST.in_language(lang)
    return f"{name}：{person.stated.in_language(lang)} → {person.decided.in_language(lang)}{tail}"


def _closing(proof: Proof, *, en: bool) -> str:
    proved, failed, accepted, undecided = (
        proof.count(verdict) for verdict in (Verdict.PROVED, Verdict.FAILED, Verdict.ACCEPTED, Verdict.UNDECIDED)
    )
    if en:
        return (
            f"  {proved} proved, {failed} failed, {accepted} failed as meant, {undecided} not proved in time"
            f" ({proof.seconds:.1f} s)"
        )
    return f"  已证明 {proved} 项，不成立 {failed} 项，有意如此 {accepted} 项，限时之内未能证明 {undecided} 项（{proof.seconds:.1f} 秒）"


def _write_cases(proof: Proof, out: Path) -> None:
    for claim in proof.claims:
        for person in claim.persons:
            parts = (proof.rulebook, claim.property, claim.subject.replace(" ", "-").replace("#", "-"), person.name)
            path = out / ("-".join(part for part in parts if part) + ".yaml")
            out.mkdir(parents=True, exist_ok=True)
            with atomic_file(path) as partial:
                partial.write_text(person.case, encoding="utf-8")


def proof_json(proof: Proof) -> dict[str, Any]:
    """A proof as plain data."""
    return {
        "rulebook": proof.rulebook,
        "day": proof.day,
        "sha256": proof.sha256,
        "holds": proof.holds,
        "counts": {verdict.value: proof.count(verdict) for verdict in Verdict},
        "assumptions": [{"text": text, "file": at.file, "line": at.row} for text, at in proof.assumptions],
        "claims": [_claim_json(claim) for claim in proof.claims],
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "property": claim.property,
        "subject": claim.subject,
        "verdict": claim.verdict.value,
        "sentence": claim.sentence._asdict(),
        "places": [{"name": name, "file": at.file, "line": at.row} for name, at in claim.places],
        "accepted": claim.accepted,
        "persons": [
            {
                "name": person.name,
                "outcome": person.outcome,
                "reasons": list(person.reasons),
                "smallest": person.smallest,
                "case": person.case,
            }
            for person in claim.persons
        ],
    }
