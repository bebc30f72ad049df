"""Appeal and correction: acts about a decision that stands; only a later batch decides otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Event, Kind
from eligibility.model.policy import Policy
from eligibility.model.resident_id import mask
from eligibility.review.signing.names import person_key, plain_name
from eligibility.review.signing.standing import contested

FINDINGS = ("wrong", "right")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of looking into the decision on `person`: `finding` wrong (decide anew) or right (it stands)."""

    person: str
    by: str
    role: str
    finding: str
    grounds: str


def appeal(con: duckdb.DuckDBPyConnection, person: str, by: str, grounds: str, batch: int) -> Act:
    """The act of appealing against the decision on `person`, over the tables of `lay_out`.

    Raises:
        InputError: nobody of that id was decided, or no grounds are given.

    """
    body = {
        "person": person,
        "case": _digests(con, person)[0],
        "by": plain_name(by, "--by"),
        "grounds": _grounds(grounds),
        "batch": batch,
    }
    return Act(Kind.APPEALED, body)


def correct(con: duckdb.DuckDBPyConnection, policy: Policy, answer: Answer, events: Sequence[Event], batch: int) -> Act:
    """The act of finding a decision wrong or right; it answers the open appeal, if there is one.

    Raises:
        InputError: nobody of that id was decided, no such role, no grounds, or the same person signed the case or is a party to it.

    """
    person = answer.person
    digests, by = _digests(con, person), plain_name(answer.by, "--by")
    roles = {
        code: title
        for stage in policy.stages.values()
        for part in stage.signatures
        for code, title in part.roles.items()
    }
    role = next((code for code, title in roles.items() if answer.role in (code, title)), None)
    if role is None:
        problem = Bilingual(f"规则中没有职务“{answer.role}”", f"the rulebook has no role “{answer.role}”")
        remedy = Bilingual("可用：" + "、".join(roles.values()), f"valid: {', '.join(roles)}")
        raise InputError(Diagnostic("role_not_allowed", SourceLocation("--role"), problem, remedy))
    _check_other(con, person, by)
    _check_no_party(con, events, person, by)
    body = {
        "person": person, "cases": digests, "by": by, "role": role, "finding": answer.finding,
        "grounds": _grounds(answer.grounds), "appeal": _open_appeal(events, person), "batch": batch,
    }  # fmt: skip
    return Act(Kind.CORRECTED, body)


def _digests(con: duckdb.DuckDBPyConnection, person: str) -> list[str]:
    """What was decided under that id: one decision, but where two rows of the roster bear it."""
    found = con.execute("SELECT digest FROM review_cases WHERE resident_id = ? ORDER BY row_id", [person]).fetchall()
    if not found:
        problem = Bilingual(f"没有 {mask(person)} 的判定", f"no decision for {mask(person)}")
        remedy = Bilingual("请核对号码，或查 quarantine.csv", "check the number, or look in quarantine.csv")
        raise InputError(Diagnostic("person_unknown", SourceLocation("--person"), problem, remedy))
    return [str(digest) for (digest,) in found]


def _grounds(text: str) -> str:
    plain = text.strip()
    if not plain:
        problem = Bilingual("没有写理由", "no grounds are given")
        raise InputError(
            Diagnostic("grounds_blank", SourceLocation("--grounds"), problem, Bilingual("写明理由", "say why"))
        )
    return plain


def _check_other(con: duckdb.DuckDBPyConnection, person: str, by: str) -> None:
    signed = con.execute(
        "SELECT stage FROM review_signed WHERE resident_id = ? AND signer_key = ?", [person, person_key(by)]
    ).fetchall()
    if signed:
        problem = Bilingual(f"{by} 曾在此件上签字，不能由其本人复查", f"{by} signed this case and cannot look into it")
        raise InputError(
            Diagnostic(
                "signed_by_same", SourceLocation("--by"), problem, Bilingual("请另换一人", "another person must do it")
            )
        )


def _check_no_party(con: duckdb.DuckDBPyConnection, events: Sequence[Event], person: str, by: str) -> None:
    """Nobody looks into an own case, nor into one on an own appeal."""
    names = [
        name for (name,) in con.execute("SELECT name FROM decision.persons WHERE resident_id = ?", [person]).fetchall()
    ]
    names += [one.body["by"] for one in events if one.kind == Kind.APPEALED and one.body["person"] == person]
    if person_key(by) in {person_key(name or "") for name in names}:
        problem = Bilingual(
            f"{by} 是当事人或申诉人，不能由其本人复查",
            f"{by} is the person concerned or appealed, and cannot look into it",
        )
        raise InputError(
            Diagnostic(
                "party_to_case", SourceLocation("--by"), problem, Bilingual("请另换一人", "another person must do it")
            )
        )


def _open_appeal(events: Sequence[Event], person: str) -> int | None:
    return max((one.event for one in contested(events) if one.person == person), default=None)
