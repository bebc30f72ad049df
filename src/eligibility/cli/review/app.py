"""`eligibility review …`: what people do after a batch. Each command imports its rooms only when it runs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import Json, Run, lang

review_app = typer.Typer()

By = Annotated[str, typer.Option("--by", help="姓名 / name of the person who acts")]


class Opinion(StrEnum):
    """What a signature says."""

    AGREE = "agree"
    DISAGREE = "disagree"
    INCOMPLETE = "incomplete"


class SplitBy(StrEnum):
    """Among whom the work list is divided."""

    STREET = "street"
    BODY = "body"
    PERSON = "person"


class Finding(StrEnum):
    """What came of looking into a decision."""

    WRONG = "wrong"
    RIGHT = "right"


@review_app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="填好的 review_queue.xlsx，可几个，或存放它们的目录 / filled work lists, or a folder of them"
        ),
    ],
    run: Run,
    json: Json = False,
) -> None:
    """导入填好的核查清单，每个答复记为一条事件 / enter the answers of filled work lists."""
    from eligibility.cli.review.importing import import_answers

    import_answers(files, run, now=_now(), lang=lang(), json=json)


@review_app.command("split")
def split(
    run: Run,
    out: Annotated[Path, typer.Option("--out", help="写到哪个目录 / the folder to write")],
    by: Annotated[SplitBy, typer.Option("--by", help="街道、单位或核查人 / street, body or reviewer")] = SplitBy.STREET,
    among: Annotated[
        list[str] | None, typer.Option("--among", help="核查人姓名，可多次 / a reviewer, repeatable (--by person)")
    ] = None,
    json: Json = False,
) -> None:
    """把核查清单分给各街道、单位或各人，填好一并导入 / divide the work list; the parts are imported together."""
    from eligibility.cli.review.dividing import divide_work_list

    divide_work_list(run, out, by.value, among or [], lang=lang(), json=json)


@review_app.command("status")
def status(
    run: Run,
    today: Annotated[
        datetime | None,
        typer.Option("--today", "--as-of", formats=["%Y-%m-%d"], help="按哪一天计算天数，默认今天 / ages on which day"),
    ] = None,
    json: Json = False,
) -> None:
    """还有什么没办：按社区、原因、环节，最久几天 / what is open by community, reason and stage, and how old."""
    from eligibility.cli.review.status import show_status

    show_status(run, (today or _now()).date(), lang=lang(), json=json)


@review_app.command("history")
def history(
    run: Run,
    person: Annotated[
        str, typer.Argument(help="身份证号或其一部分、姓名、户号 / resident id or a part of it, name, household")
    ],
    json: Json = False,
) -> None:
    """一件的经过：判定、答复、签字、申诉、复查 / what became of a case: decisions, answers, signatures, appeals."""
    from eligibility.cli.review.history import show_history

    show_history(run, person, lang=lang(), json=json)


@review_app.command("export")
def export(
    run: Run,
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件（JSON）/ the file to write")],
) -> None:
    """导出可采用的答复，供 run --answers 使用 / write the answers that stand to a file for run --answers."""
    from eligibility.application.given import export_answers
    from eligibility.cli.screen import print_plain

    count = export_answers(run, to)
    print_plain(f"{count} answers: {to}" if lang() == "en" else f"已导出 {count} 个答复：{to}")


@review_app.command("sign")
def sign(
    run: Run,
    stage: Annotated[str, typer.Option("--stage", help="环节代码或名称 / id or title of the stage")],
    by: By,
    role: Annotated[str, typer.Option("--role", help="职务代码或名称（见 stages.yaml）/ role, see stages.yaml")],
    persons: Annotated[list[str] | None, typer.Argument(help="身份证号 / resident ids")] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", help="身份证号，可多次 / resident id, repeatable")
    ] = None,
    community: Annotated[str, typer.Option("--community", help="整个社区 / a whole community")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="名单，每行一个身份证号 / a list, one id a line")] = None,
    opinion: Annotated[Opinion, typer.Option("--opinion", help="意见 / opinion")] = Opinion.AGREE,
    note: Annotated[str, typer.Option("--note", help="说明 / note")] = "",
    ready_only: Annotated[
        bool, typer.Option("--ready-only", help="只签可签的 / leave out what cannot be signed now")
    ] = False,
) -> None:
    """在一个环节签字 / sign a stage for some cases."""
    from eligibility.cli.review.sign import sign_cases
    from eligibility.review import Pen

    pen = Pen(stage, by, role, opinion.value, note)
    chosen = [*(persons or []), *(person or [])]
    sign_cases(run, pen, chosen, community, file, ready_only=ready_only, now=_now(), lang=lang())


@review_app.command("appeal")
def appeal(
    run: Run,
    person: Annotated[str, typer.Option("--person", help="身份证号 / resident id")],
    by: By,
    grounds: Annotated[str, typer.Option("--grounds", help="理由 / grounds")],
) -> None:
    """登记申诉 / enter an appeal against a decision."""
    from eligibility.cli.review.sign import appeal_case

    appeal_case(run, person, by, grounds, now=_now(), lang=lang())


@review_app.command("correct")
def correct(
    run: Run,
    person: Annotated[str, typer.Option("--person", help="身份证号 / resident id")],
    by: By,
    role: Annotated[str, typer.Option("--role", help="职务代码或名称（见 stages.yaml）/ role, see stages.yaml")],
    grounds: Annotated[str, typer.Option("--grounds", help="理由 / grounds")],
    finding: Annotated[Finding, typer.Option("--finding", help="wrong 原判定有误，right 维持")] = Finding.WRONG,
) -> None:
    """复查一个判定：有误（由下次判定取代）或维持 / find a decision wrong (the next batch supersedes it) or right."""
    from eligibility.cli.review.sign import correct_case
    from eligibility.model.resident_id import known_as
    from eligibility.review import Answer

    answer = Answer(known_as(person), by, role, finding.value, grounds)
    correct_case(run, answer, now=_now(), lang=lang())


def _now() -> datetime:
    return datetime.now().astimezone()
