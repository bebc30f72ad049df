"""The commands. Each imports its rooms only when it runs, so that `--help` answers at once."""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from signal import SIGINT, signal
from threading import Event
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

from eligibility.cli import UNUSABLE
from eligibility.cli.command import later
from eligibility.cli.options import Json, lang
from eligibility.cli.output import guarded_output
from eligibility.model.diagnostic import InputError
from eligibility.model.visible import visible

app = typer.Typer(
    help="判定被征地人员是否纳入昆明市改革完善被征地人员基本养老保障实施意见 / decide who the Kunming reform opinion covers",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

GROUPS = {
    "rules": ("rules_app", "规则文件：检查、展示、比较、试算 / rule files: check, show, compare, try"),
    "intake": ("intake_app", "卷宗：检查、空白表 / papers: check them, empty forms"),
    "reconcile": ("reconcile_app", "批文与协议：看图、说明证据 / approvals and agreements: pictures, evidence"),
    "papers": ("papers.app", "出文：告知书、公示名册、汇总表 / papers out: letters, roster, summary"),
    "payments": ("payments.app", "发放：核定名册、预算、对账 / payments: rosters, budget, what was paid"),
    "audit": ("audit.app", "记录：校验、重算、封签 / the record: check it, decide again, seal it"),
    "users": ("serve", "工作台的账户 / accounts of the workbench"),
    "review": ("review.app", "核查：导入答复、签字、申诉、进度 / review: answers, signatures, appeals, what is open"),
}
for _name, (_module, _help) in GROUPS.items():
    _group = later(f"eligibility.cli.{_module}", f"{_name}_app")
    app.add_typer(typer.Typer(cls=_group, help=_help, no_args_is_help=True), name=_name)


def _rulebook(rules: Path) -> Path:
    from eligibility.application.shipped import rulebook_folder

    return rulebook_folder(rules)


Rules = Annotated[
    Path,
    typer.Option(
        "--rules",
        callback=_rulebook,
        help="规则目录，或自带规则的编号 / folder of the rulebook, or the id of one that comes along",
    ),
]
Full = Annotated[bool, typer.Option("--full", help="全部条款、事实和材料 / every clause, fact and paper")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="审核日，默认今天 / day of decision, default today"),
]


class Engine(StrEnum):
    """Who does the columnar work of a batch."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def _size(text: str) -> str:
    if text and not re.fullmatch(r"[0-9]+(\.[0-9]+)? ?[KMGT](i?B)?", text, re.IGNORECASE):
        raise typer.BadParameter("4GB, 512MB, …")
    return text


def run_app() -> None:
    """Run the app; findings go to standard error, first Chinese or, with `--lang en`, English."""
    with guarded_output():
        _run(lang_first(sys.argv[1:]), _listen_for_interruption())


def _run(words: list[str], interrupted: Event) -> None:
    try:
        status = app(words, prog_name="eligibility", standalone_mode=False)
        raise SystemExit(status if isinstance(status, int) else 0)
    except TyperException as mistyped:
        from eligibility.cli.usage import usage_finding

        if type(mistyped).__name__ == "NoArgsIsHelpError":  # the help was printed
            raise SystemExit(UNUSABLE) from None
        sys.stderr.write(visible(usage_finding(mistyped).in_language(_lang_of(words))) + "\n")
        raise SystemExit(UNUSABLE) from None
    except InputError as unusable:
        for finding in unusable.findings:
            sys.stderr.write(visible(finding.in_language(lang())) + "\n")
        raise SystemExit(UNUSABLE) from None
    except (Exception, SystemExit) as fault:
        # a query under way ends with an error of its own, and Typer with "aborted": both mean the same here
        if interrupted.is_set():
            sys.stderr.write("已中断，未留下任何半成品 / interrupted, nothing was left half-written\n")
            raise SystemExit(130) from None
        if isinstance(fault, SystemExit) or os.environ.get("ELIGIBILITY_DEBUG"):
            raise
        sys.stderr.write(
            f"[internal_fault] {type(fault).__name__}: {visible(str(fault))}\n"
            "  → 程序自身有误，未写出任何结果；请设 ELIGIBILITY_DEBUG=1 重新运行并将输出交给维护者"
            " / a fault of the program, nothing was written; run again with ELIGIBILITY_DEBUG=1 and send the output\n"
        )
        raise SystemExit(1) from None


def lang_first(words: list[str]) -> list[str]:
    """The words of a command with `--lang`, wherever it was written, before them.

    >>> lang_first(["rules", "check", "--lang", "en", "--json"])
    ['--lang', 'en', 'rules', 'check', '--json']
    """
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" or word.startswith("--lang="):
            taken = 2 if word == "--lang" else 1
            return [*words[place : place + taken], *words[:place], *words[place + taken :]]
    return words


def _lang_of(words: list[str]) -> str:
    """The language that `--lang` asks for, also of a command that was not understood."""
    first, _, value = words[0].partition("=") if words else ("", "", "")
    return lang() if first != "--lang" else value or (words[1] if len(words) > 1 else "")


def _listen_for_interruption() -> Event:
    """An event that is set by Ctrl-C, whatever the exception becomes on its way out."""
    interrupted = Event()

    def note(_number: int, _frame: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    signal(SIGINT, note)
    return interrupted


def _print_version(*, wanted: bool) -> None:
    if wanted:
        from eligibility import __version__

        typer.echo(f"eligibility {__version__}")
        raise typer.Exit


@app.callback()
def settings(
    lang: Annotated[str, typer.Option(help="zh | en", envvar="ELIGIBILITY_LANG")] = "zh",
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda wanted: _print_version(wanted=wanted), is_eager=True, help="版本 / version"
        ),
    ] = False,
) -> None:
    """Settings shared by all commands."""
    if lang not in {"zh", "en"}:
        raise typer.BadParameter("zh | en", param_hint="--lang")
    os.environ["ELIGIBILITY_LANG"] = lang


@app.command()
def run(
    dossier: Annotated[Path, typer.Argument(help="卷宗目录或工作簿 / folder or workbook of papers")],
    out: Annotated[Path, typer.Option("--out", help="结果目录 / folder for the results")],
    rules: Rules = Path("km-reform"),
    as_of: AsOf = None,
    workbooks: Annotated[
        bool, typer.Option("--workbooks", help="超过十万人也写工作簿 / write workbooks above 100,000 persons too")
    ] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="记录目录，默认“结果目录.record” / folder of the record")
    ] = None,
    memory: Annotated[
        str, typer.Option(help="内存上限，如 4GB / limit of memory, as 4GB", callback=_size, show_default=False)
    ] = "",
    spill: Annotated[
        Path | None, typer.Option(help="内存不够时的暂存目录 / folder for what does not fit into memory")
    ] = None,
    engine: Annotated[Engine, typer.Option(help="列式计算所用引擎 / who does the columnar work")] = Engine.DUCKDB,
    spark_master: Annotated[
        str, typer.Option(help="Spark 集群地址，默认本机 / address of the cluster, default this machine")
    ] = "",
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", help="采用核查答复：结果目录或导出的文件 / answers of reviewers: a run folder or an export"
        ),
    ] = None,
    judgements: Annotated[
        Path | None,
        typer.Option("--judgements", help="协议与批文对应关系的判定（csv、xlsx）/ judgements of reviewers on links"),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            help="对应表，默认卷宗里的 mapping.yaml / what the sheets are, default mapping.yaml of the dossier",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """对一个街道、区县的全部人员作出判定 / decide a whole district."""
    from eligibility.application.run import RunRequest
    from eligibility.application.runtime import RuntimeOptions
    from eligibility.cli.run import run_batch

    means = RuntimeOptions(engine.value, spark_master, memory, spill)
    day = (as_of or datetime.now()).date()
    order = RunRequest(dossier, rules, day, out, workbooks, record, answers, judgements, means, mapping)
    run_batch(order, now=datetime.now().astimezone(), lang=lang(), json=json)


@app.command()
def explain(
    person: Annotated[
        str | None, typer.Argument(help="身份证号或其一部分、姓名、户号 / resident id or a part of it, name, household")
    ] = None,
    run_folder: Annotated[Path | None, typer.Option("--run", help="结果目录 / folder of a finished run")] = None,
    audience: Annotated[
        Literal["officer", "citizen"], typer.Option("--for", help="给谁看：经办或本人 / for an officer or the person")
    ] = "officer",
    form: Annotated[
        Literal["text", "json", "html"], typer.Option("--format", help="文字、JSON 或网页 / form")
    ] = "text",
    full: Full = False,
    json: Json = False,
    schema: Annotated[bool, typer.Option("--schema", help="打印 JSON 的格式定义 / print the JSON Schema")] = False,
) -> None:
    """说明一个人的判定 / explain one person's decision."""
    from eligibility.cli.explain import explain_person, print_schema

    if schema:
        print_schema(audience)
    else:
        explain_person(person, run_folder, audience=audience, form="json" if json else form, lang=lang(), full=full)


@app.command()
def questions(
    run_folder: Annotated[Path, typer.Option("--run", help="结果目录 / folder of a finished run")],
    top: Annotated[int, typer.Option("--top", min=0, help="只列前几问，0 为全部 / how many, 0 for all")] = 20,
    json: Json = False,
) -> None:
    """先问什么：每个问题答复后能办结多少人 / what to ask first, by how many persons it would settle."""
    from eligibility.cli.questions import show_questions

    show_questions(run_folder, top, lang=lang(), json=json)


@app.command()
def check(
    case: Annotated[Path | None, typer.Argument(help="案例文件 CASE.yaml / a made-up case")] = None,
    rules: Rules = Path("km-reform"),
    as_of: AsOf = None,
    example: Annotated[bool, typer.Option("--example", help="打印样例 / print a template")] = False,
    full: Full = False,
    json: Json = False,
) -> None:
    """判定一个假设的案例，无需卷宗 / decide a made-up case without a dossier."""
    from eligibility.cli.check import check_case

    day = (as_of or datetime.now()).date()
    check_case(case, rules, day, example=example, lang=lang(), json=json, full=full)


@app.command()
def simulate(
    out: Annotated[Path, typer.Option("--out", help="输出目录 / folder to write")],
    persons: Annotated[int, typer.Option(min=1, help="人数 / number of persons")] = 15_485,
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 1,
    form: Annotated[str, typer.Option("--format", help="csv | xlsx")] = "csv",
    encoding: Annotated[str, typer.Option(help="utf-8-sig | utf-8 | gb18030")] = "utf-8-sig",
    rate: Annotated[
        list[str] | None, typer.Option(help="缺陷比例 NAME=0.05，可多次 / rate of a defect, repeatable")
    ] = None,
    noise: Annotated[str, typer.Option(help="缺陷组合 / profile: usual | office")] = "usual",
    style: Annotated[
        str, typer.Option(help="材料式样 / shapes of the papers: nine | database | villages | mixed")
    ] = "nine",
) -> None:
    """造一个虚构的区县卷宗及其真相 / make up a district, and the truth beside it."""
    from eligibility.cli.simulate import simulate_district

    simulate_district(
        out,
        persons=persons,
        seed=seed,
        form=form,
        encoding=encoding,
        rates=rate or [],
        noise=noise,
        style=style,
        lang=lang(),
    )


@app.command()
def serve(
    run_folder: Annotated[Path, typer.Option("--run", help="结果目录 / folder of a finished run")],
    what: Annotated[
        Literal["pages", "rebuild"],
        typer.Argument(help="rebuild：按记录重建投影 / make the projection anew from the record"),
    ] = "pages",
    database: Annotated[
        str,
        typer.Option(
            envvar="ELIGIBILITY_DATABASE", help="数据库，默认“结果目录.workbench.sqlite” / URL of the database"
        ),
    ] = "",
    host: Annotated[str, typer.Option(help="监听的地址 / address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8750,
    name: Annotated[list[str] | None, typer.Option("--name", help="本机在网内的名称 / a name of this host")] = None,
    certificate: Annotated[Path | None, typer.Option("--certificate", help="https 证书 / certificate, PEM")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="https 私钥 / private key, PEM")] = None,
) -> None:
    """核查工作台：许多人同时在浏览器里核查 / the workbench: many reviewers at once in a browser."""
    from eligibility.cli.serve import rebuild, serve_run

    if what == "rebuild":
        rebuild(run_folder, database)
    else:
        serve_run(run_folder, database, host=host, port=port, names=name or [], certificate=certificate, key=key)


@app.command()
def spec(
    rules: Rules = Path("km-reform"),
    features: Annotated[
        Path | None,
        typer.Option("--features", help="场景目录，默认自带的场景 / folder of features, default those that come along"),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="写成一个网页 / write the living document")] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="逐处改错规则，看场景能否发现 / try mutants of the rulebook")
    ] = False,
    json: Json = False,
) -> None:
    """执行规则的中文场景，写出说明书 / execute a rulebook's scenarios and write the living document."""
    from eligibility.application.shipped import features_folder
    from eligibility.cli.spec import run_spec

    run_spec(rules, features or features_folder(), html=html, mutants=mutants, lang=lang(), json=json)
