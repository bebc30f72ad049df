"""The database beside a run: accounts, sessions, leases, drafts, saved views, and a projection of the record. SQLite or PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

VERSION = 1
"""Of the tables. A database of another version is refused: it is exported and made anew (docs/how-to/workbench-admin.md)."""
WAIT_MS = 20_000
"""How long a writer waits for another, in milliseconds."""

tables = sa.MetaData()
setting = sa.Table(
    "setting", tables, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
)
account = sa.Table(
    "account",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("password_at", sa.BigInteger, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False, default=False),
    sa.Column("locked", sa.Boolean, nullable=False, default=False),
    sa.Column("failed", sa.Integer, nullable=False, default=0),
    sa.Column("blocked_until", sa.BigInteger, nullable=False, default=0),
)


def _of_account(**options: bool) -> sa.Column[int]:
    """The account that a row belongs to, and with which it goes."""
    return sa.Column("account", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), **options)  # type: ignore[arg-type]


granted = sa.Table(
    "granted",
    tables,
    _of_account(primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
)
session = sa.Table(
    "session",
    tables,
    sa.Column("token", sa.Text, primary_key=True),
    _of_account(nullable=False, index=True),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
)
attempt = sa.Table(
    "attempt",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
)
lease = sa.Table(
    "lease",
    tables,
    sa.Column("question", sa.Text, primary_key=True),
    _of_account(nullable=False, index=True),
    sa.Column("taken", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
)
draft = sa.Table(
    "draft",
    tables,
    _of_account(primary_key=True),
    sa.Column("question", sa.Text, primary_key=True),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("saved", sa.BigInteger, nullable=False),
)
view = sa.Table(
    "view",
    tables,
    _of_account(primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
)
projected = sa.Table(
    "projected",
    tables,
    sa.Column("question", sa.Text, primary_key=True),
    sa.Column("rank", sa.BigInteger, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("street", sa.Text, nullable=False),
    sa.Column("community", sa.Text, nullable=False),
    sa.Column("village_group", sa.Text, nullable=False),
    sa.Column("places", sa.Text, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("bodies", sa.Text, nullable=False),
    sa.Column("first_asked", sa.Text, nullable=False),
    sa.Column("touched", sa.BigInteger, nullable=False),
    sa.Column("settled", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
)
projected_head = sa.Table(
    "projected_head",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("batch", sa.BigInteger, nullable=False),
)


class Database:
    """The database at a URL; its tables are made where there are none."""

    def __init__(self, url: str) -> None:
        """Open it; InputError where it cannot be reached, or is of another version."""
        address = sa.make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._mutex = threading.RLock()
        options: dict[str, Any] = (
            {"pool_pre_ping": True} if not self.is_sqlite else {"connect_args": {"timeout": WAIT_MS / 1000}}
        )
        try:
            if self.is_sqlite and address.database:
                Path(address.database).touch(mode=0o600)  # its companions take after it
            self.engine = sa.create_engine(address, hide_parameters=True, **options)
            if self.is_sqlite:
                sa.event.listen(self.engine, "connect", _prepare)
            with self.write() as con:
                tables.create_all(con)
                self.upsert(con, setting, {"name": "version", "value": str(VERSION)}, keep=True)
                version = con.execute(sa.select(setting.c.value).where(setting.c.name == "version")).scalar_one()
        except (sa.exc.SQLAlchemyError, ImportError, OSError) as error:
            raise InputError(_unreachable(address.render_as_string(hide_password=True), error)) from None
        if version != str(VERSION):
            raise InputError(_outdated(version))

    def close(self) -> None:
        """Let go of its connections."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection to look with."""
        with self.engine.connect() as con:
            yield con

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write. On SQLite one at a time, which takes the lock of the writer before it reads."""
        if not self.is_sqlite:
            with self.engine.begin() as con:
                yield con
            return
        with self._mutex, self.engine.connect() as con:
            con.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield con
            except BaseException:
                con.exec_driver_sql("ROLLBACK")
                raise
            con.exec_driver_sql("COMMIT")

    def upsert(
        self, con: sa.Connection, table: sa.Table, row: dict[str, Any], where: Any = None, *, keep: bool = False
    ) -> bool:
        """Insert a row, or set it where its key is there and `where` holds (never, if `keep`); whether it is as asked now."""
        insert: Any = (sqlite if self.is_sqlite else postgresql).insert(table).values(row)
        keys = [column.name for column in table.primary_key]
        if keep:
            insert = insert.on_conflict_do_nothing(index_elements=keys)
        else:
            changed = {name: value for name, value in row.items() if name not in keys}
            insert = insert.on_conflict_do_update(index_elements=keys, set_=changed, where=where)
        return con.execute(insert.returning(*table.primary_key)).first() is not None


def _prepare(connection: Any, _record: Any) -> None:
    """A connection of SQLite on which nothing begins a transaction but we, and what is committed is on the disk."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", f"busy_timeout = {WAIT_MS}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _unreachable(url: str, error: Exception) -> Diagnostic:
    reason = str(error).splitlines()[0]
    problem = Bilingual(f"数据库打不开：{reason}", f"the database cannot be opened: {reason}")
    remedy = Bilingual(
        "检查 --database；PostgreSQL 写作 postgresql+pg8000://用户@主机/库",
        "check --database; PostgreSQL is written postgresql+pg8000://USER@HOST/DATABASE",
    )
    return Diagnostic("database_unreachable", SourceLocation(url), problem, remedy)


def _outdated(version: str) -> Diagnostic:
    problem = Bilingual(
        f"数据库是第 {version} 版，本程序用第 {VERSION} 版",
        f"the database has version {version}, the program {VERSION}",
    )
    remedy = Bilingual(
        "用相应版本的程序，或另建数据库并重新登记账户",
        "use that program, or make a new database and enter the accounts anew",
    )
    return Diagnostic("database_outdated", SourceLocation("--database"), problem, remedy)
