"""One signature for some cases: by whom, in which role, for which stage; refused as a whole where one case forbids it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Kind
from eligibility.model.policy import Policy, Signature, Stage
from eligibility.model.resident_id import mask
from eligibility.review.signing.names import person_key, plain_name

OPINIONS = ("agree", "disagree", "incomplete")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Pen:
    """Who signs, in which role, for which stage, and with which opinion (agree, disagree, incomplete)."""

    stage: str
    by: str
    role: str
    opinion: str = "agree"
    note: str = ""


def sign(con: duckdb.DuckDBPyConnection, policy: Policy, pen: Pen, batch: int, *, ready_only: str = "") -> Act:
    """The act of signing the cases of table `chosen` (row_id), over the tables of `lay_out`.

    With `ready_only` ("yes") the cases that cannot be signed now are left out instead of refusing all.

    Raises:
        InputError: stage, role or name is not one the rulebook knows, or a case cannot be signed: an earlier stage is not
            complete, the same person signed it already or is a party to it, it waits for evidence, or an appeal is open.

    """
    stage = find_stage(policy, pen.stage)
    part = find_role(stage, pen.role)
    signer = plain_name(pen.by, "--by")
    findings = list(_against(con, policy, stage, part, signer))
    if findings and not ready_only:
        raise InputError(*(finding for finding, _ in findings))
    barred = {row for _, rows in findings for row in rows}
    found = con.execute(
        "SELECT row_id, resident_id, digest FROM review_standing SEMI JOIN chosen USING (row_id) ORDER BY row_id"
    ).fetchall()
    cases = [[resident_id, digest] for row, resident_id, digest in found if row not in barred]
    if not cases:
        raise InputError(*[finding for finding, _ in findings] or [_nobody()])
    body = {
        "stage": stage.id, "body": part.body, "role": _role_code(part, pen.role), "by": signer,
        "opinion": pen.opinion, "note": pen.note, "batch": batch, "cases": cases,
    }  # fmt: skip
    return Act(Kind.SIGNED, body)


def find_stage(policy: Policy, name: str) -> Stage:
    """The stage of that id or title.

    Raises:
        InputError: the rulebook has no such stage, or none at all.

    """
    found = next((stage for stage in policy.stages.values() if name in (stage.id, stage.title)), None)
    if found is None:
        known = "、".join(f"{stage.id}（{stage.title}）" for stage in policy.stages.values())
        problem = Bilingual(f"规则中没有环节“{name}”", f"the rulebook has no stage “{name}”")
        remedy = Bilingual(
            f"可用：{known}" if known else "在规则目录写 stages.yaml",
            f"valid: {', '.join(policy.stages) or 'write stages.yaml'}",
        )
        raise InputError(Diagnostic("stage_unknown", SourceLocation("--stage"), problem, remedy))
    return found


def find_role(stage: Stage, name: str) -> Signature:
    """The body for which a person of that role (code or title) signs the stage.

    Raises:
        InputError: nobody of that role may sign it.

    """
    found = next((part for part in stage.signatures if name in (*part.roles, *part.roles.values())), None)
    if found is None:
        roles = {code: title for part in stage.signatures for code, title in part.roles.items()}
        problem = Bilingual(f"“{name}”不能签“{stage.title}”", f"“{name}” may not sign stage {stage.id}")
        remedy = Bilingual(
            "规则（stages.yaml）准许的职务：" + "、".join(f"{code}（{title}）" for code, title in roles.items()),
            f"roles of the rulebook (stages.yaml): {', '.join(roles)}",
        )
        raise InputError(Diagnostic("role_not_allowed", SourceLocation("--role"), problem, remedy))
    return found


def _role_code(part: Signature, name: str) -> str:
    return next(code for code, title in part.roles.items() if name in (code, title))


def _against(
    con: duckdb.DuckDBPyConnection, policy: Policy, stage: Stage, part: Signature, signer: str
) -> Sequence[tuple[Diagnostic, list[int]]]:
    """What stands against signing, each with the rows of the cases it bars."""
    place = list(policy.stages).index(stage.id)
    standing = "FROM review_standing SEMI JOIN chosen USING (row_id) WHERE "
    signed = "FROM review_cases AS c SEMI JOIN chosen USING (row_id) JOIN review_signed AS s USING (resident_id) WHERE "
    same = "s.signer_key = $signer AND "
    checks = (
        ("case_contested", standing + "contested IS NOT NULL"),
        ("stage_out_of_order", standing + "place < $place"),
        ("case_undecided", standing + "$decided_only AND outcome = 'manual_review'"),
        ("signed_other_stage", signed + same + "(s.stage, s.body) <> ($stage, $body)"),
        (
            "signed_already",
            signed + "s.digest = c.digest AND (s.stage, s.body) = ($stage, $body) AND s.opinion = 'agree'",
        ),
    )
    values = {
        "signer": person_key(signer), "place": place, "stage": stage.id, "body": part.body, "decided_only": stage.decided_only,
    }  # fmt: skip
    found = []
    if own := _own_cases(con, person_key(signer)):
        first = "、".join(mask(resident_id) for _, resident_id in own[:_SHOWN])
        found.append((_refusal("party_to_case", policy, stage, signer, len(own), first), [row for row, _ in own]))
    for code, condition in checks:
        asked = {name: value for name, value in values.items() if f"${name}" in condition}
        rows = con.execute(f"SELECT DISTINCT row_id, resident_id {condition} ORDER BY row_id", asked).fetchall()
        if rows:
            first = "、".join(mask(resident_id) for _, resident_id in rows[:_SHOWN])
            found.append((_refusal(code, policy, stage, signer, len(rows), first), [row for row, _ in rows]))
    return found


def _own_cases(con: duckdb.DuckDBPyConnection, key: str) -> list[tuple[int, str]]:
    """The chosen cases (row, id) that are about the signer, or about which the signer appealed."""
    names = con.execute("SELECT DISTINCT name FROM decision.persons SEMI JOIN chosen USING (row_id)").fetchall()
    own = [name for (name,) in names if name and person_key(name) == key]
    query = (
        "SELECT row_id, resident_id FROM decision.persons SEMI JOIN chosen USING (row_id) WHERE list_contains($own, name)"
        " OR resident_id IN (SELECT resident_id FROM review_appellants WHERE appellant_key = $key) ORDER BY row_id"
    )
    return con.execute(query, {"own": own, "key": key}).fetchall()


def _refusal(code: str, policy: Policy, stage: Stage, signer: str, count: int, first: str) -> Diagnostic:  # noqa: PLR0913, PLR0917
    titles = list(policy.stages.values())
    place = titles.index(stage)
    before = titles[place - 1] if place else stage
    told = {
        "stage_out_of_order": Bilingual(
            f"“{before.title}”及以前的环节尚未完成", f"a stage up to {before.id} is not complete"
        ),
        "case_undecided": Bilingual(
            f"待人工核查，不能进入“{stage.title}”", f"in review: {stage.id} signs decided cases only"
        ),
        "signed_other_stage": Bilingual(
            f"{signer} 已在这些案件中签过另一环节", f"{signer} signed another stage of these cases"
        ),
        "signed_already": Bilingual(f"“{stage.title}”这一方已经签过", f"{stage.id} was signed for this body already"),
        "case_contested": Bilingual("有未了结的申诉或更正", "an appeal or a correction is open"),
        "party_to_case": Bilingual(
            f"{signer} 是当事人或申诉人，不能签自己的案件", f"{signer} is the person concerned or appealed"
        ),
    }[code]
    remedy = {
        "stage_out_of_order": Bilingual("先完成前一环节", "complete the earlier stage first"),
        "case_undecided": Bilingual("先答复核查清单并重新判定", "answer the work list and decide again first"),
        "signed_other_stage": Bilingual(
            "一人在一件中只签一个环节，请换人签", "another person must sign: one person, one stage"
        ),
        "signed_already": Bilingual("无须再签", "it need not be signed again"),
        "party_to_case": Bilingual(
            "请换人签；只是同名的，在姓名后加数字区分", "another person must sign; a namesake adds a number to the name"
        ),
        "case_contested": Bilingual(
            "先执行 review correct 了结，并重新判定", "settle it with review correct, and decide again"
        ),
    }[code]
    more = Bilingual(
        f"{told.zh}：{count} 人（{first}{'…' if count > _SHOWN else ''}）",
        f"{told.en}: {count} persons ({first.replace('、', ', ')})",
    )
    ready = Bilingual(
        f"{remedy.zh}；或加 --ready-only 只签可签的",
        f"{remedy.en}; or sign only those that are ready with --ready-only",
    )
    return Diagnostic(code, SourceLocation("review sign"), more, ready)


def _nobody() -> Diagnostic:
    problem = Bilingual("没有选中任何人", "nobody was chosen")
    return Diagnostic(
        "nobody_chosen",
        SourceLocation("review sign"),
        problem,
        Bilingual("用 --person、--community 或 --file 选定", "choose by --person, --community or --file"),
    )
