"""`make workbench`: a small made-up district, decided, with five made-up officers, served on this machine."""

from __future__ import annotations

import secrets
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from eligibility.application.library import run, simulate
from eligibility.application.workbench.actor import grant_of
from eligibility.application.workbench.service import Workbench
from eligibility.web.accounts import Accounts
from eligibility.web.app import serve
from eligibility.web.database import Database

PERSONS, SEED, PORT = 1_500, 3, 8750
OFFICERS = {
    "王社": ["community_clerk@上坡岗社区"],
    "刘街": ["street_officer@龙城街道"],
    "陈自然": ["natural_resources_officer"],
    "赵公安": ["body:public_security", "body:education", "body:veterans"],
    "周人社": ["joint_human_resources", "head", "operator"],
}


def main(folder: Path) -> None:
    """Make what is not there yet, and serve it."""
    out = folder / "out"
    if not (out / "manifest.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        simulate(folder / "dossier", persons=PERSONS, seed=SEED)
        run(folder / "dossier", as_of=date(2022, 10, 31), out=out).close()
    url = f"sqlite:///{folder.resolve() / 'out.workbench.sqlite'}"
    workbench = Workbench(out)
    accounts = Accounts(Database(url))
    known = {line.name for line in accounts.listed(int(time.time()))}
    password = f"{secrets.token_urlsafe(6)}-Aa1"
    print("五位虚构的经办人，密码都是 / five made-up officers, all with the password", password, flush=True)
    for name, roles in OFFICERS.items():
        if name not in known:
            accounts.add(name, password, [grant_of(role, workbench.policy) for role in roles], int(time.time()))
        accounts.set_password(name, password, int(time.time()), must_change=False)
        print(f"  {name}  {'、'.join(roles)}", flush=True)
    workbench.close()
    accounts.database.close()
    print(f"打开 / open: http://127.0.0.1:{PORT}/   （Ctrl-C 结束 / ends it）", flush=True)
    serve(out, url, host="127.0.0.1", port=PORT)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo/workbench"))
