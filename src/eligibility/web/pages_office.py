"""Signing behind a preview, the overview, and deciding again."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from starlette.responses import Response

from eligibility.application.workbench.actor import OPERATOR, refuse, stage_roles
from eligibility.application.workbench.progress import export_progress, progress
from eligibility.labels.states import OUTCOMES
from eligibility.model.diagnostic import Bilingual, InputError
from eligibility.web.requests import Visit

SHOWN = 300
"""Cases of a preview that are listed; all are counted, and all are signed."""


def show_sign(visit: Visit) -> Response:
    """What can be signed, and for a stage and place what would be."""
    return _sign(visit, visit.query("stage"), visit.query("place"))


def sign(visit: Visit) -> Response:
    """Sign exactly what was shown."""
    workbench, fields = visit.office.workbench, visit.form
    stage, place = fields.get("stage", "")[:100], fields.get("place", "")[:100]
    try:
        workbench.sign(visit.actor, fields.get("act", "")[:64], stage, place, fields.get("token", "")[:80])
    except InputError as unusable:
        if unusable.findings[0].code != "preview_changed":
            raise
        return _sign(visit, stage, place, unusable.findings, 409)
    visit.office.tasks.follow()
    return visit.go("/sign", done="signed")


def show_overview(visit: Visit) -> Response:
    """How far the review is."""
    shown = progress(visit.office.workbench, visit.actor, date.today())
    streets: dict[str, list[int]] = {}
    for line in shown.places:
        totals = streets.setdefault(line.street, [0] * len(OUTCOMES))
        streets[line.street] = [before + more for before, more in zip(totals, line.outcomes, strict=True)]
    return visit.page(
        "overview", p=shown, streets=streets, outcomes=OUTCOMES, stages=visit.office.workbench.policy.stages
    )


def export_overview(visit: Visit) -> Response:
    """The same as a workbook."""
    shown = progress(visit.office.workbench, visit.actor, date.today())
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "progress.xlsx"
        export_progress(shown, visit.office.workbench, path)
        content = path.read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(content, media_type=kind, headers={"content-disposition": 'attachment; filename="progress.xlsx"'})


def show_batch(visit: Visit) -> Response:
    """Where the next batch stands, and what it would change."""
    _check_operator(visit)
    office = visit.office
    answers = sum(office.workbench.ledger.state(question) == "answered" for question in office.workbench.questions)
    return visit.page(
        "batch", again=office.again, difference=office.again.found(), answers=answers, batch=office.workbench.batch
    )


def look(visit: Visit) -> Response:
    """Begin to decide once more, without recording it."""
    _check_operator(visit)
    begun = visit.office.again.begin(visit.officer.name, publish=False)
    return visit.go("/batch") if begun else visit.go("/batch", done="busy")


def publish(visit: Visit) -> Response:
    """Record and publish what was looked at."""
    _check_operator(visit)
    begun = visit.office.again.begin(visit.officer.name, publish=True)
    return visit.go("/batch") if begun else visit.go("/batch", done="busy")


def discard(visit: Visit) -> Response:
    """Forget what was looked at."""
    _check_operator(visit)
    visit.office.again.discard()
    return visit.go("/batch")


def _sign(visit: Visit, stage: str, place: str, findings: tuple[object, ...] = (), status: int = 200) -> Response:
    workbench, actor = visit.office.workbench, visit.actor
    roles = stage_roles(workbench.policy)
    mine = {roles[role][0]: roles[role][2] for role in sorted(actor.roles) if role in roles}
    if not mine:
        raise refuse(
            "role_not_allowed",
            Bilingual("您没有签字的职务", "you have no role that signs"),
            Bilingual("由规则（stages.yaml）所列职务签", "a role of stages.yaml signs"),
        )
    shown = None
    if stage:
        try:
            shown = workbench.preview_signature(actor, stage, place)
        except InputError as unusable:
            if unusable.findings[0].code in ("role_not_allowed", "batch_superseded"):
                raise
            findings = (*findings, *unusable.findings)
    stages = {code: workbench.policy.stages[code].title for code in workbench.policy.stages if code in mine}
    return visit.page(
        "sign", status, stages=stages, stage=stage, place=place, places=workbench.places(), shown=shown, most=SHOWN,
        findings=findings, batch=workbench.batch.seq,
    )  # fmt: skip


def _check_operator(visit: Visit) -> None:
    if OPERATOR not in visit.actor.roles:
        raise refuse(
            "role_not_allowed",
            Bilingual("只有重新判定操作员可以重新判定", "only an operator of batches decides again"),
            Bilingual(
                "由管理员用 eligibility users roles 授权", "an administrator grants it with eligibility users roles"
            ),
        )
