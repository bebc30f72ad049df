"""Two officers never get one task, nobody is told that nothing is left while something is, and leases end; on SQLite and PostgreSQL."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from eligibility.application.workbench.actor import Actor, Grant
from eligibility.application.workbench.service import Workbench
from eligibility.web.accounts import Accounts, SignedIn
from eligibility.web.database import Database, account, lease, projected
from eligibility.web.tasks import LEASE, Filter, Tasks
from support.paper_folder import resident_id
from web.conftest import NOW, PASSWORD, actor, office_of, question

TASKS, OFFICERS = 160, 8
GRANTS = (Grant("", "street", ""),)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of its own in a temporary folder."""
    pytest.importorskip("pg8000")
    found = [shutil.which("initdb"), *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))]
    initdb = next((path for path in found if path), None)
    if initdb is None:
        pytest.skip("no PostgreSQL server on this machine")
    tools, folder = Path(initdb).resolve().parent, tmp_path_factory.mktemp("cluster")
    prefix: list[str] = []
    if os.geteuid() == 0:
        try:
            uid = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        prefix = ["setpriv", f"--reuid={uid.pw_uid}", f"--regid={uid.pw_gid}", "--clear-groups"]
        folder = Path("/tmp") / f"eligibility-cluster-{os.getpid()}"
        folder.mkdir(mode=0o700)
        os.chown(folder, uid.pw_uid, uid.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"

    def call(*words: str) -> None:
        subprocess.run([*prefix, *words], check=True, capture_output=True, cwd="/", timeout=120)

    call(str(tools / "initdb"), "-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C")
    call(str(tools / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+pg8000://tester@127.0.0.1:{port}/postgres"
    finally:
        call(str(tools / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'web.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("cluster")


def filled(url: str) -> Database:
    """A database with made-up tasks and officers, and nothing taken."""
    database = Database(url)
    accounts = Accounts(database)
    with database.write() as con:
        for table in (lease, projected, account):
            con.execute(sa.delete(table))
        rows = [
            {"question": f"q{number}", "rank": number, "state": "open", "street": "街", "community": "村", "village_group": "",
             "places": ";村;街;", "reasons": ";", "bodies": ";street;", "first_asked": "", "touched": 1, "settled": 1, "version": 0}
            for number in range(TASKS)
        ]  # fmt: skip
        con.execute(sa.insert(projected), rows)
    for number in range(OFFICERS):
        accounts.add(f"官{number}", PASSWORD, list(GRANTS), NOW)
    return database


def officers(database: Database) -> list[SignedIn]:
    with database.read() as con:
        rows = con.execute(sa.select(account.c.id, account.c.name).order_by(account.c.id)).all()
    return [SignedIn(number, name, GRANTS, "", "", False) for number, name in rows]


def take_all(database: Database, who: SignedIn) -> list[str]:
    """What one officer gets until he is told that nothing is left."""
    tasks = Tasks(database, None)
    at_work = Actor(who.name, GRANTS, None)
    taken = []
    while (identity := tasks.take_next(who, at_work, Filter(), NOW)) is not None:
        taken.append(identity)
    return taken


def test_many_at_once_take_every_task_once(url: str) -> None:
    database = filled(url)
    with ThreadPoolExecutor(OFFICERS) as pool:
        shares = list(pool.map(lambda who: take_all(database, who), officers(database)))
    database.close()
    counted = Counter(identity for share in shares for identity in share)
    assert len(counted) == TASKS, "nobody was told that nothing is left before everything was taken"
    assert set(counted.values()) == {1}
    assert sum(bool(share) for share in shares) > 1


def process(url: str, number: int, queue) -> None:
    database = Database(url)
    queue.put(take_all(database, officers(database)[number]))


def test_two_processes_take_every_task_once(url: str) -> None:
    filled(url).close()
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=process, args=(url, number, queue)) for number in range(2)]
    for worker in workers:
        worker.start()
    shares = [queue.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join(30)
    counted = Counter(identity for share in shares for identity in share)
    assert (len(counted), set(counted.values())) == (TASKS, {1})


def test_a_lease_ends_by_itself_and_is_renewed_by_its_holder(url: str) -> None:
    database = filled(url)
    first, second, *_ = officers(database)
    tasks = Tasks(database, None)
    assert tasks.take(first, "q0", NOW)
    assert not tasks.take(second, "q0", NOW + LEASE - 1)
    assert tasks.take(first, "q0", NOW + LEASE - 1), "renewed"
    assert not tasks.take(second, "q0", NOW + LEASE + 1)
    assert tasks.take(second, "q0", NOW + 2 * LEASE)
    assert not tasks.take(first, "q0", NOW + 2 * LEASE)
    tasks.let_go(first, "q0")
    assert not tasks.take(first, "q0", NOW + 2 * LEASE), "nobody gives back what another has"
    tasks.let_go(second, "q0")
    assert tasks.take(first, "q0", NOW + 2 * LEASE)
    database.close()


def test_a_projection_that_was_changed_is_found_and_made_anew(url: str, workbench: Workbench) -> None:
    filled(url).close()
    office = office_of(workbench, url)
    assert office.tasks.check() == []
    someone, identity = actor(workbench, "王社"), question(workbench, resident_id(7))
    workbench.comment(someone, "c1", identity, "等函复", waits=True)
    assert office.tasks.check() == [identity]
    office.tasks.follow()
    assert office.tasks.check() == []
    with office.database.write() as con:
        con.execute(sa.update(projected).where(projected.c.question == identity).values(state="answered"))
        con.execute(sa.delete(projected).where(projected.c.rank == 0))
    assert len(office.tasks.check()) == 2
    assert office.tasks.rebuild() == 2
    assert office.tasks.check() == []
    office.close()


def test_a_database_that_cannot_be_used_is_told_without_its_password(tmp_path: Path) -> None:
    from eligibility.model.diagnostic import InputError

    for url in ("postgresql+pg8000://u:secret@127.0.0.1:1/db", f"sqlite:///{tmp_path}/no/such/folder/x.sqlite"):
        with pytest.raises(InputError) as refused:
            Database(url)
        text = "".join(finding.in_language("zh") for finding in refused.value.findings)
        assert "database_unreachable" in text
        assert "secret" not in text
