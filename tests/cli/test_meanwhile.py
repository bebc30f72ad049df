"""Imports beside other work: whoever needs the module finds it, and one that fails fails where it is needed."""

from __future__ import annotations

import subprocess
import sys
import threading

from eligibility.application.meanwhile import SOLVERS, import_meanwhile


def test_the_solvers_are_not_among_what_a_run_imports_first() -> None:
    asked = "import sys, eligibility.application.run; print([m for m in sys.modules if m in ('scipy.optimize', 'networkx')])"
    assert (
        subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_they_arrive_meanwhile_and_leave_no_thread() -> None:
    asked = (
        "import sys, threading; from eligibility.application.meanwhile import *; import_meanwhile(*SOLVERS);"
        "[t.join() for t in threading.enumerate() if t.name == 'imports'];"
        "print(all(m in sys.modules for m in (*SOLVERS, 'scipy.optimize')), threading.active_count())"
    )
    assert (
        subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()
        == "True 1"
    )
    assert SOLVERS


def test_a_module_that_is_not_there_disturbs_nobody_meanwhile(capsys) -> None:
    import_meanwhile("eligibility.no_such_room")
    for thread in threading.enumerate():
        if thread.name == "imports":
            thread.join()
    assert capsys.readouterr().err == ""
