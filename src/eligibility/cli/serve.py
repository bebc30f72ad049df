"""`eligibility serve` and `eligibility users`: the workbench in a browser, and who may use it."""

from __future__ import annotations

import secrets
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from eligibility.cli.options import Run
from eligibility.cli.screen import print_plain
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

users_app = typer.Typer()

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="ELIGIBILITY_DATABASE",
        help="数据库 URL，默认“结果目录.workbench.sqlite” / URL of the database",
    ),
]
Name = Annotated[str, typer.Argument(help="姓名 / name, as it will stand in the record")]
Roles = Annotated[
    list[str],
    typer.Option(
        "--role", help="职务（见 stages.yaml）、head、operator、body:单位，可加 @街道或社区 / role, repeatable"
    ),
]
Password = Annotated[
    Path | None,
    typer.Option("--password-file", help="首行为密码的文件，- 为标准输入；不给则生成一个 / file with the password"),
]


def serve_run(
    run: Path, database: str, *, host: str, port: int, names: list[str], certificate: Path | None, key: Path | None
) -> None:
    """Serve until interrupted.

    Raises:
        InputError: the extra is not installed, no run with a sound record, or the database cannot be used.

    """
    _check_extra()
    from eligibility.web.app import serve

    if (certificate is None) != (key is None):
        raise typer.BadParameter("--certificate, --key")
    keys = (certificate, key) if certificate and key else None
    print_plain(f"{'https' if keys else 'http'}://{host}:{port}/")
    serve(run, _url(run, database), host=host, port=port, names=names, keys=keys)


def rebuild(run: Path, database: str) -> None:
    """Make the projection anew, and say how many rows were not as recorded."""
    _check_extra()
    from eligibility.application.workbench.service import Workbench
    from eligibility.web.database import Database
    from eligibility.web.tasks import Tasks

    workbench = Workbench(run)
    wrong, count = Tasks(Database(_url(run, database)), workbench).rebuild(), len(workbench.questions)
    print_plain(
        f"{count} 个问题，其中 {wrong} 个与记录不符，已改正 / {wrong} of {count} questions were not as recorded"
    )


@users_app.command("add")
def add(name: Name, run: Run, role: Roles, password_file: Password = None, database: DatabaseUrl = "") -> None:
    """登记一个账户 / enter an account."""
    accounts, policy = _accounts(run, database)
    from eligibility.application.workbench.actor import grant_of

    grants = [grant_of(text, policy) for text in role]
    password = _password(password_file)
    plain = accounts.add(name, password, grants, int(time.time()))
    print_plain(plain if password_file else f"{plain}\t{password}")


@users_app.command("list")
def show(run: Run, database: DatabaseUrl = "") -> None:
    """列出账户 / list the accounts."""
    accounts, policy = _accounts(run, database)
    from eligibility.application.workbench.actor import grant_title

    for line in accounts.listed(int(time.time())):
        state = "锁定/locked" if line.locked else "暂停/blocked" if line.blocked else ""
        grants = "；".join(grant_title(grant, policy).zh for grant in line.grants)
        print_plain("\t".join((line.name, grants, f"{line.sessions}", state)))


@users_app.command("lock")
def lock(
    name: Name,
    run: Run,
    unlock: Annotated[bool, typer.Option("--unlock", help="解锁 / let in again")] = False,
    database: DatabaseUrl = "",
) -> None:
    """锁定账户并结束其登录 / lock an account and end its sessions."""
    _accounts(run, database)[0].lock(name, locked=not unlock)


@users_app.command("password")
def password(name: Name, run: Run, password_file: Password = None, database: DatabaseUrl = "") -> None:
    """重设密码，下次登录须改 / set a password, to be changed at the next sign-in."""
    word = _password(password_file)
    _accounts(run, database)[0].set_password(name, word, int(time.time()))
    if password_file is None:
        print_plain(word)


@users_app.command("roles")
def roles(name: Name, run: Run, role: Roles, database: DatabaseUrl = "") -> None:
    """改定职务，立即生效 / replace what was granted, at once."""
    accounts, policy = _accounts(run, database)
    from eligibility.application.workbench.actor import grant_of

    accounts.set_grants(name, [grant_of(text, policy) for text in role])


def _accounts(run: Path, database: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    _check_extra()
    from eligibility.application.saved_runs import open_run
    from eligibility.web.accounts import Accounts
    from eligibility.web.database import Database

    con, policy = open_run(run, again=False)
    con.close()
    return Accounts(Database(_url(run, database))), policy


def _url(run: Path, database: str) -> str:
    place = run.resolve()
    return database or f"sqlite:///{place.with_name(f'{place.name}.workbench.sqlite')}"


def _password(file: Path | None) -> str:
    """The first line of a file; without one a password that nobody chose."""
    if file is None:
        return f"{secrets.token_urlsafe(9)}-Aa1"
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        problem = Bilingual("密码文件读不出", "the file with the password cannot be read")
        raise InputError(
            Diagnostic(
                "password_file_unreadable", SourceLocation(str(file)), problem, Bilingual("检查路径", "check the path")
            )
        ) from None
    return text.split("\n", 1)[0].rstrip("\r")


def _check_extra() -> None:
    lacking = [name for name in ("starlette", "sqlalchemy", "argon2", "uvicorn") if find_spec(name) is None]
    if lacking:
        problem = Bilingual(f"没有安装工作台所需的 {'、'.join(lacking)}", f"the workbench needs {', '.join(lacking)}")
        remedy = Bilingual(
            "安装 requirements-web.lock，或 pip install 'eligibility[web]'",
            "install requirements-web.lock, or 'eligibility[web]'",
        )
        raise InputError(Diagnostic("extra_missing", SourceLocation("serve"), problem, remedy))
