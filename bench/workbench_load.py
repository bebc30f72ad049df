"""`python -m bench.workbench_load RUN SECONDS`: thirty officers at once on a served run; seconds of pages and of saving.

RUN is the folder of a finished run, which is copied; its record gets fifty thousand made-up remarks first, so that the
log is as long as after years. Each officer thinks three to seven seconds between two steps. Needs the extra `dev`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import httpx2

from eligibility.application.record.place import record_of
from eligibility.application.workbench.actor import grant_of
from eligibility.application.workbench.service import Workbench
from eligibility.model.event import Act, Kind
from eligibility.web.accounts import Accounts
from eligibility.web.database import Database

OFFICERS, EVENTS, PORT, PASSWORD = 30, 50_000, 8799, "Lake-River-8"
ROLES = ("street_officer", "community_clerk", "joint_human_resources")
THINKS = (3.0, 7.0)
Seconds = dict[str, list[float]]


def main(run: Path, seconds: float) -> None:
    """Prepare, serve, work, print."""
    with tempfile.TemporaryDirectory(prefix="eligibility-load-") as room:
        out = Path(shutil.copytree(run, Path(room) / "out"))
        shutil.copytree(record_of(run).folder, Path(room) / "out.record")
        url = f"sqlite:///{Path(room) / 'web.sqlite'}"
        names = prepare(out, url)
        words = [
            sys.executable,
            "-m",
            "eligibility",
            "serve",
            "--run",
            str(out),
            "--database",
            url,
            "--port",
            str(PORT),
        ]
        server = subprocess.Popen(words, env=dict(os.environ))
        try:
            measured = work(names, seconds)
        finally:
            server.terminate()
            server.wait(30)
    for step, times in measured.items():
        times.sort()
        print(f"{step:9} n {len(times):5}  p50 {times[len(times) // 2]:.3f}  p95 {times[int(len(times) * 0.95)]:.3f}")


def prepare(out: Path, url: str) -> list[str]:
    """Fill the record, enter the officers."""
    workbench = Workbench(out)
    questions = list(workbench.questions)
    body = {"by": "某人", "text": "说明", "waits": False, "channel": "web"}
    acts = [
        Act(Kind.COMMENTED, body | {"question": questions[n % len(questions)], "act": f"load{n}"})
        for n in range(EVENTS)
    ]
    with record_of(out).log.writing(datetime.now().astimezone().isoformat(timespec="seconds")) as writer:
        writer.append(*acts)
    accounts = Accounts(Database(url))
    grants = [grant_of(role, workbench.policy) for role in ROLES]
    names = [f"官{number}" for number in range(OFFICERS)]
    for name in names:
        accounts.add(name, PASSWORD, grants, int(time.time()), must_change=False)
    accounts.database.close()
    workbench.close()
    return names


def work(names: list[str], seconds: float) -> Seconds:
    """All officers at once until the time is over; seconds by step."""
    base, measured, mutex = f"http://127.0.0.1:{PORT}", defaultdict(list), threading.Lock()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            httpx2.get(f"{base}/health")
            break
        except httpx2.TransportError:
            time.sleep(0.3)

    def officer(name: str) -> None:
        chance = random.Random(name)
        client = httpx2.Client(base_url=base, headers={"origin": base}, timeout=60)
        client.post("/sign-in", data={"name": name, "password": PASSWORD})

        def timed(step: str, method: str, path: str, **fields: str) -> httpx2.Response:
            begun = time.perf_counter()
            answer = client.request(method, path, data=fields or None)
            with mutex:
                measured[step].append(time.perf_counter() - begun)
            assert answer.status_code in (200, 303), (step, answer.status_code)
            return answer

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            token = found(timed("queue", "GET", "/queue").text, "csrf")
            time.sleep(chance.uniform(*THINKS))
            taken = timed("next", "POST", "/queue/next", csrf=token).headers["location"]
            if not taken.startswith("/question/"):
                continue
            page = timed("question", "GET", taken).text
            if case := re.search(r'href="(/case/[^"]+)"', page):
                timed("case", "GET", case[1])
            time.sleep(chance.uniform(*THINKS))
            form = page[page.index("data-answer") :]
            body = re.search(r'name="body" value="(\w+)"|<option value="(\w+)"', form)
            fields = {"csrf": token, "version": found(form, "version"), "act": found(form, "act"), "answer": "仍不详"}
            where = taken.partition("?")[0] + "/answer"
            timed("save", "POST", where, **fields, body=(body[1] or body[2]) if body else "")

    threads = [threading.Thread(target=officer, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured


def found(page: str, name: str) -> str:
    """The value of a hidden field."""
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    return match[1] if match else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60)
