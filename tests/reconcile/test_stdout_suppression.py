"""What compiled code prints does not reach a program that reads our standard output."""

from __future__ import annotations

import ctypes
import sys
from threading import Barrier, Event, Thread

import pytest

from eligibility.reconcile.allocation.stdout_suppression import suppress_stdout

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the C library has no handle of its own there")


def test_compiled_code_is_silenced_and_what_comes_after_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    library = ctypes.CDLL(None)
    with suppress_stdout():
        library.puts(b"from the solver")
    library.puts(b"after it")
    library.fflush(None)
    assert capfd.readouterr().out == "after it\n"


def test_a_fault_inside_gives_the_output_back(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="inside"), suppress_stdout():
        raise ValueError("inside")
    print("here again")
    assert capfd.readouterr().out == "here again\n"


def test_of_several_threads_the_last_gives_the_output_back(capfd: pytest.CaptureFixture[str]) -> None:
    library = ctypes.CDLL(None)
    inside, leave = Barrier(2), Event()

    def first() -> None:
        with suppress_stdout():
            inside.wait()
            leave.wait()
            library.puts(b"from the solver")

    thread = Thread(target=first)
    thread.start()
    inside.wait()
    with suppress_stdout():
        pass
    leave.set()
    thread.join()
    print("after both")
    assert capfd.readouterr().out == "after both\n"
