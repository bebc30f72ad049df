"""`eligibility rules …`: what policy staff do with rule files. Each command imports its rooms only when it runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import lang

rules_app = typer.Typer()


@rules_app.command("show")
def show(
    folder: Annotated[
        Path | None, typer.Argument(help="规则目录或代码，默认 km-reform / folder or id of the rulebook")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="写成一个网页文件 / write one HTML file")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="哪一天的规则 / the rules of which day")
    ] = None,
) -> None:
    """把规则写成可读的条文 / the rulebook as a readable page."""
    from eligibility.cli.rules_show import show_rulebook

    day = as_of.date() if as_of else None
    show_rulebook(_one(folder), datetime.now().date(), day, html=html, lang=lang())


@rules_app.command("params")
def params(
    folder: Annotated[
        Path | None, typer.Argument(help="规则目录或代码，默认 km-reform / folder or id of the rulebook")
    ] = None,
    run: Annotated[Path | None, typer.Option("--run", help="结果目录 / folder of a finished run")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="哪一天的规则 / the rules of which day")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """法定数值一览：知悉程度、依据、牵动多少人 / the legal numbers, their standing and who rests on them."""
    from eligibility.cli.rules_params import show_parameters

    day = as_of.date() if as_of else None
    show_parameters(_one(folder), datetime.now().date(), day, run=run, lang=lang(), json=json)


@rules_app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="原规则目录 / folder of the old rulebook")],
    new: Annotated[Path, typer.Argument(help="新规则目录 / folder of the new rulebook")],
    prove: Annotated[
        bool, typer.Option("--prove", help="证明结论是否处处相同，不同在哪里 / prove whether every outcome is the same")
    ] = False,
    run: Annotated[
        Path | None,
        typer.Option("--run", help="并数出该结果中的人（与 --prove 同用）/ with --prove: count persons of a run"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="把各段最小的人写成案例 / with --prove: write the smallest persons as cases"),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="证明的时限 / time for the proof")] = 60,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """比较两份规则的内容（不比较文字排版）/ compare two rulebooks by meaning."""
    if prove or run is not None or out is not None:
        from eligibility.cli.rules_diff_prove import show_comparison

        show_comparison(old, new, datetime.now().date(), seconds=seconds, run=run, out=out, lang=lang(), json=json)
        return
    from eligibility.cli.rules_diff import show_difference

    show_difference(old, new, datetime.now().date(), lang=lang(), json=json)


@rules_app.command("prove")
def prove(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="一套规则，或其下所有规则 / one rulebook, or all below a folder"),
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="按哪一天，默认今天 / default today")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="每套规则的时限 / time for each rulebook")] = 60,
    out: Annotated[
        Path | None, typer.Option("--out", help="把证明不成立的人写成案例的目录 / folder for the persons, as cases")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """证明规则没有缺口、死条款和陷阱 / prove that a rulebook has no gap, no dead clause and no trap.

    退出码：0 全部证明，2 有不成立的，3 没有不成立的、但限时之内未能全部证明 / 0 all proved, 2 some failed, 3 some not proved in time.
    """
    from eligibility.cli.rules_prove import show_proof

    day = (as_of or datetime.now()).date()
    show_proof(folder or _rules_here(), day, seconds=seconds, out=out, lang=lang(), json=json)


@rules_app.command("scenarios")
def scenarios(
    folder: Annotated[Path, typer.Argument(help="规则目录 / folder of the rulebook")],
    features: Annotated[Path, typer.Option("--features", help="场景目录 / folder of features")] = Path("features"),
    out: Annotated[Path | None, typer.Option("--out", help="写入的新目录 / new folder for the feature files")] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="求解的时限 / time for the solver")] = 60,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """列出说明书还缺的场景，供人确认 / the scenarios that are missing, for a person to confirm."""
    from eligibility.cli.rules_scenarios import show_scenarios

    show_scenarios(folder, features, out=out, seconds=seconds, lang=lang(), json=json)


@rules_app.command("release")
def release(
    folder: Annotated[Path, typer.Argument(help="规则目录 / folder of the rulebook")],
    by: Annotated[str, typer.Option("--by", help="谁批准 / who approves")],
    grounds: Annotated[str, typer.Option("--grounds", help="依据什么，如会议纪要 / on what grounds")],
    run: Annotated[Path, typer.Option("--run", help="用来试算的结果目录 / finished run for the impact")],
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="自哪天起，默认今天 / default today")
    ] = None,
    features: Annotated[Path, typer.Option("--features", help="场景目录 / folder of features")] = Path("features"),
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """检查、证明、场景、试算都通过后批准发布 / approve a rulebook after check, proof, specification and impact."""
    from eligibility.application.release import ReleaseRequest
    from eligibility.cli.rules_release import show_release

    now = datetime.now().astimezone()
    asked = ReleaseRequest(folder, by, grounds, (since or now).date(), features, run)
    show_release(asked, now, lang=lang(), json=json)


@rules_app.command("impact")
def impact(
    new: Annotated[Path | None, typer.Argument(help="新规则目录，默认该结果所用规则 / the new rulebook")] = None,
    run: Annotated[Path, typer.Option("--run", help="结果目录 / folder of a finished run")] = ...,  # type: ignore[assignment]
    param: Annotated[list[str] | None, typer.Option("--param", help="试设 参数=值，可多次 / try NAME=VALUE")] = None,
    compare: Annotated[str, typer.Option("--compare", help="恰为标准时 lt 不算、le 算 / the line itself")] = "",
    all_assumed: Annotated[
        bool, typer.Option("--all-assumed", help="逐一试算未见原文的数值 / try every assumed number")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="写出名单与图表的目录 / folder for names and chart")] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """改一个数，看谁的结论会变 / change a number, see who is decided differently."""
    from eligibility.application.impact import WhatIf
    from eligibility.cli.rules_impact import show_impact

    show_impact(WhatIf(new, run, param or [], compare, out), all_assumed=all_assumed, lang=lang(), json=json)


@rules_app.command("regimes")
def regimes(
    approved: Annotated[str | None, typer.Option("--approved", help="征地批准日 / day of approval")] = None,
    place: Annotated[str | None, typer.Option("--place", help="土地所在区县 / district of the land")] = None,
    rules_dir: Annotated[
        Path | None,
        typer.Option(
            "--rules-dir", help="规则总目录，默认自带的规则 / folder of all rulebooks, default those that come along"
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """何地何时的征地适用哪一套规则 / which rulebook applies where and when."""
    from eligibility.cli.rules_regimes import show_regimes

    show_regimes(rules_dir or _rules_here(), approved, place, lang=lang(), json=json)


@rules_app.command("check")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="一套规则，或其下所有规则，默认 rules 或自带的规则 / one rulebook, or all below a folder; default rules, or those that come along",
        ),
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="按哪一天，默认今天 / default today")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """一次查出规则文件的全部问题；有错误时退出码为 2 / all that is wrong in rule files; exit status 2 on errors."""
    from eligibility.cli.rules_check import check_rule_files

    check_rule_files(folder or _rules_here(), (as_of or datetime.now()).date(), lang=lang(), json=json)


@rules_app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="规则代码，如 qinghe-2018 / id of the rulebook")],
    model: Annotated[
        str,
        typer.Option("--from", help="仿哪套规则写（代码或目录）；不写则只有一个条款 / written after which rulebook"),
    ] = "",
    into: Annotated[
        Path, typer.Option("--into", help="含 rules 和 features 的目录 / folder of rules and features")
    ] = Path(),
) -> None:
    """起一套新规则：出处都标“待填写”，场景已能通过 / a new rulebook, citations to be filled, scenarios that hold."""
    from eligibility.application.new_rules import write_new_rulebook
    from eligibility.cli.screen import print_plain

    written = write_new_rulebook(name, model, into, datetime.now().date())
    if lang() == "en":
        print_plain(f"written to {written}\nnext: eligibility rules check {written} (tells every line to be filled)")
    else:
        print_plain(f"已写入：{written}\n下一步：eligibility rules check {written}，逐行指出待填写处")


@rules_app.command("copy")
def copy(
    folder: Annotated[Path, typer.Argument(help="新目录 / new folder")],
    model: Annotated[
        str, typer.Option("--from", help="哪套自带的规则 / which rulebook that comes along")
    ] = "km-reform",
) -> None:
    """原样抄出一套自带的规则及其场景 / copy a rulebook that comes along, with its features, as it is."""
    from eligibility.application.shipped import copy_out
    from eligibility.cli.screen import print_plain

    copied = copy_out(model, folder)
    print_plain(f"copied to {copied}" if lang() == "en" else f"已抄出：{copied}")


@rules_app.command("rename")
def rename(
    old: Annotated[str, typer.Argument(help="原名：代码或中文名 / id or Chinese title")],
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="新名 / the new name")],
    rules: Annotated[Path, typer.Option("--rules", help="规则目录 / folder of the rulebook")],
    features: Annotated[Path, typer.Option("--features", help="场景目录 / folder of features")] = Path("features"),
    case: Annotated[list[Path] | None, typer.Option("--case", help="案例文件，可多次 / case files")] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", help="fact、parameter、condition、clause、benefit；同名的才要写 / where several bear it"
        ),
    ] = "",
) -> None:
    """给事实、参数、条件、条款、补助改名，规则、场景、案例一处不漏 / rename it in rules, features and cases."""
    from eligibility.application.new_rules import rename_everywhere
    from eligibility.cli.screen import print_plain

    changes = rename_everywhere(rules, features, case or [], old, new_name, kind=kind)
    for change in changes:
        moved = f" → {change.after.name}" if change.after != change.before else ""
        print_plain(f"{change.before.as_posix()}{moved}")
    print_plain(f"{len(changes)} files changed" if lang() == "en" else f"改了 {len(changes)} 个文件。")


@rules_app.command("facts")
def facts(
    folder: Annotated[Path, typer.Argument(help="规则目录 / folder of the rulebook")],
    json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """每个事实从哪里来、谁用到 / where each fact comes from, and who uses it."""
    from eligibility.cli.rules_facts import show_facts

    show_facts(folder, datetime.now().date(), lang=lang(), json=json)


def _rules_here() -> Path:
    """The folder `rules` where there is one, else the rulebooks that come along."""
    from eligibility.application.shipped import rules_folder

    return here if (here := Path("rules")).is_dir() else rules_folder()


def _one(folder: Path | None) -> Path:
    """A rulebook by its folder, or by its id here or among those that come along; of none named, the usual one."""
    from eligibility.application.shipped import DEFAULT, rulebook_folder

    named = folder or DEFAULT
    here = _rules_here() / named
    return here if not named.exists() and len(named.parts) == 1 and here.is_dir() else rulebook_folder(named)


@rules_app.command("schema")
def schema(
    out: Annotated[Path | None, typer.Option("--out", help="写入的目录；不写则打印 / folder; default: print")] = None,
) -> None:
    """规则文件的 JSON Schema，供编辑器补全与检查 / JSON Schemas, so that editors complete and check."""
    from eligibility.cli.rules_schema import write_schemas

    write_schemas(out, lang=lang())
