"""Accounts, passwords, sessions: who somebody is. Times are whole seconds since 1970 and are given, never read here."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from eligibility.application.workbench.actor import Actor, Grant, officer_name, refuse
from eligibility.model.diagnostic import Bilingual, InputError
from eligibility.web.database import Database, account, attempt, granted, session

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
MOST_FAILED, BLOCKED_FOR = 5, 15 * 60
"""After so many failures in a row an account is blocked for so long, in seconds."""
IDLE, ABSOLUTE = 30 * 60, 12 * 3600
"""A session ends after so many seconds without a request, and in any case after so many."""
_NOTED_EVERY = 60
_KEPT_ATTEMPTS = 50_000
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""A verification takes 64 MiB: thirty officers who sign in at nine o'clock must not take two GB."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session and whose it is; `csrf` is what every form of it bears."""

    account: int
    name: str
    grants: tuple[Grant, ...]
    csrf: str
    token: str
    must_change: bool

    def actor(self, at: datetime) -> Actor:
        """The officer at work at that time."""
        return Actor(self.name, self.grants, at)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in a list."""

    name: str
    locked: bool
    blocked: bool
    grants: tuple[Grant, ...]
    sessions: int


class Accounts:
    """The accounts of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, name: str, password: str, grants: list[Grant], now: int, *, must_change: bool = True) -> str:
        """Enter an account; the name as it will stand in the record.

        Raises:
            InputError: the name is no name or is taken (however it is written), or the password is weak.

        """
        plain, key = officer_name(name)
        check_password(password, plain)
        with self.database.write() as con:
            if con.execute(sa.select(account.c.id).where(account.c.key == key)).first():
                raise refuse(
                    "name_taken",
                    Bilingual(f"已有账户“{plain}”", f"there is an account “{plain}”"),
                    Bilingual("同名的在后面加数字区分", "namesakes add a number behind the name"),
                )
            row = {"name": plain, "key": key, "password": _HASHER.hash(password), "password_at": now}
            made = con.execute(
                sa.insert(account).values(row | {"must_change": must_change}).returning(account.c.id)
            ).scalar_one()
            _grant(con, made, grants)
        return plain

    def set_grants(self, name: str, grants: list[Grant]) -> None:
        """Replace what was granted; what is under way is judged by the new grants at once."""
        with self.database.write() as con:
            number = _id_of(con, name)
            con.execute(sa.delete(granted).where(granted.c.account == number))
            _grant(con, number, grants)

    def set_password(self, name: str, password: str, now: int, *, must_change: bool = True) -> None:
        """Set a password, let the account in again if it was blocked, and end its sessions."""
        check_password(password, officer_name(name)[0])
        with self.database.write() as con:
            number = _id_of(con, name)
            row = {"password": _HASHER.hash(password), "password_at": now, "failed": 0, "blocked_until": 0}
            con.execute(sa.update(account).where(account.c.id == number).values(row | {"must_change": must_change}))
            con.execute(sa.delete(session).where(session.c.account == number))

    def lock(self, name: str, *, locked: bool) -> None:
        """Lock an account, which ends its sessions, or let it in again."""
        with self.database.write() as con:
            number = _id_of(con, name)
            con.execute(
                sa.update(account).where(account.c.id == number).values(locked=locked, failed=0, blocked_until=0)
            )
            if locked:
                con.execute(sa.delete(session).where(session.c.account == number))

    def listed(self, now: int) -> list[AccountLine]:
        """Every account, by name."""
        with self.database.read() as con:
            rows = con.execute(sa.select(account).order_by(account.c.name)).mappings().all()
            live = (
                sa.select(session.c.account, sa.func.count())
                .where(session.c.seen > now - IDLE)
                .group_by(session.c.account)
            )
            sessions: dict[int, int] = {row[0]: row[1] for row in con.execute(live).all()}
            return [
                AccountLine(
                    row["name"],
                    row["locked"],
                    row["blocked_until"] > now,
                    _grants(con, row["id"]),
                    sessions.get(row["id"], 0),
                )
                for row in rows
            ]

    def sign_in(self, name: str, password: str, address: str, now: int) -> str | None:
        """The token of a new session; None where name or password are wrong, or the account is locked or blocked.

        Every attempt is noted. Which of these it was is told to nobody but the administrator.
        """
        try:
            key = officer_name(name)[1]
        except InputError:
            key = ""
        with self.database.read() as con:
            row = con.execute(sa.select(account).where(account.c.key == key)).mappings().first()
        right = _verified(row["password"] if row else _NOBODY, password[:LONGEST])
        barred = row is None or row["locked"] or row["blocked_until"] > now
        token = secrets.token_urlsafe(32)
        with self.database.write() as con:
            outcome = "in" if right and not barred else "barred" if barred else "wrong"
            _note(con, key, address, outcome, now)
            if row is None or barred:
                return None
            mine = account.c.id == row["id"]
            if not right:
                con.execute(sa.update(account).where(mine).values(failed=account.c.failed + 1))
                many = sa.and_(mine, account.c.failed >= MOST_FAILED)
                con.execute(sa.update(account).where(many).values(failed=0, blocked_until=now + BLOCKED_FOR))
                return None
            con.execute(sa.update(account).where(mine).values(failed=0))
            con.execute(
                sa.delete(session).where(sa.or_(session.c.seen < now - IDLE, session.c.created < now - ABSOLUTE))
            )
            kept = {
                "token": _hashed(token),
                "account": row["id"],
                "csrf": secrets.token_urlsafe(24),
                "address": address,
            }
            con.execute(sa.insert(session).values(kept | {"created": now, "seen": now}))
        return token

    def signed_in(self, token: str, now: int) -> SignedIn | None:
        """Whose session it is; None where it ended, was revoked or never was."""
        with self.database.read() as con:
            query = sa.select(session, account.c.name, account.c.locked, account.c.must_change).join(account)
            row = con.execute(query.where(session.c.token == _hashed(token))).mappings().first()
            if row is None or row["locked"] or row["seen"] < now - IDLE or row["created"] < now - ABSOLUTE:
                return None
            grants = _grants(con, row["account"])
        if row["seen"] < now - _NOTED_EVERY:
            with self.database.write() as con:
                con.execute(sa.update(session).where(session.c.token == _hashed(token)).values(seen=now))
        return SignedIn(row["account"], row["name"], grants, row["csrf"], token, row["must_change"])

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self.database.write() as con:
            con.execute(sa.delete(session).where(session.c.token == _hashed(token)))

    def sessions(self, who: SignedIn, now: int) -> list[tuple[int, int, str, bool]]:
        """His sessions, the latest first: since when, last seen, from where, and whether it is this one."""
        query = sa.select(session).where(session.c.account == who.account, session.c.seen > now - IDLE)
        with self.database.read() as con:
            rows = con.execute(query.order_by(session.c.seen.desc())).mappings().all()
        mine = _hashed(who.token)
        return [(row["created"], row["seen"], row["address"], row["token"] == mine) for row in rows]

    def end_others(self, who: SignedIn) -> None:
        """End his other sessions."""
        with self.database.write() as con:
            others = sa.and_(session.c.account == who.account, session.c.token != _hashed(who.token))
            con.execute(sa.delete(session).where(others))

    def change_password(self, who: SignedIn, old: str, new: str, now: int) -> None:
        """Change one's own password, which ends one's other sessions.

        Raises:
            InputError: the old one is wrong, or the new one is weak or the same.

        """
        with self.database.read() as con:
            stored = con.execute(sa.select(account.c.password).where(account.c.id == who.account)).scalar_one()
        if not _verified(stored, old[:LONGEST]):
            raise refuse(
                "password_wrong",
                Bilingual("原密码不对", "the old password is wrong"),
                Bilingual("请重新输入", "type it again"),
            )
        if old == new:
            raise refuse(
                "password_same",
                Bilingual("新密码与原密码相同", "the new password is the old one"),
                Bilingual("请另换一个", "choose another"),
            )
        check_password(new, who.name)
        with self.database.write() as con:
            row = {"password": _HASHER.hash(new), "password_at": now, "must_change": False}
            con.execute(sa.update(account).where(account.c.id == who.account).values(row))
        self.end_others(who)


def check_password(password: str, name: str) -> None:
    """Raise InputError where a password is short, of too few kinds of characters, or holds the name."""
    kinds = sum(
        any(test(mark) for mark in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda mark: not mark.isalnum())
    )
    if SHORTEST <= len(password) <= LONGEST and kinds >= 3 and name.casefold() not in password.casefold():
        return
    raise refuse(
        "password_weak",
        Bilingual(
            f"密码须 {SHORTEST} 至 {LONGEST} 位，含大写、小写、数字、符号中的三种，且不含姓名",
            f"a password has {SHORTEST} to {LONGEST} characters, three of capital, small, digit and sign, and not the name",
        ),
        Bilingual("请另换一个", "choose another"),
    )


def _verified(stored: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _id_of(con: sa.Connection, name: str) -> int:
    plain, key = officer_name(name)
    number = con.execute(sa.select(account.c.id).where(account.c.key == key)).scalar()
    if number is None:
        raise refuse(
            "account_unknown",
            Bilingual(f"没有账户“{plain}”", f"there is no account “{plain}”"),
            Bilingual("用 eligibility users list 查看", "see eligibility users list"),
        )
    return int(number)


def _grant(con: sa.Connection, number: int, grants: list[Grant]) -> None:
    rows = [
        {"account": number, "role": grant.role, "body": grant.body, "place": grant.place}
        for grant in dict.fromkeys(grants)
    ]
    if rows:
        con.execute(sa.insert(granted), rows)


def _grants(con: sa.Connection, number: int) -> tuple[Grant, ...]:
    query = sa.select(granted.c.role, granted.c.body, granted.c.place).where(granted.c.account == number)
    return tuple(Grant(*row) for row in con.execute(query.order_by(*granted.primary_key)).all())


def _note(con: sa.Connection, key: str, address: str, outcome: str, now: int) -> None:
    row: dict[str, Any] = {"at": now, "key": key[:64], "address": address[:64], "outcome": outcome}
    number = con.execute(sa.insert(attempt).values(row).returning(attempt.c.id)).scalar_one()
    con.execute(sa.delete(attempt).where(attempt.c.id <= number - _KEPT_ATTEMPTS))
