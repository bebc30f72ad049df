"""How long each stage of a batch takes, and what a person at the terminal sees of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and a word on the terminal while a stage runs; `ended` is called with the name of each that is over."""

    lang: str
    ended: Callable[[str], None] = lambda _: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage; show it when standard error is a terminal."""
        from rich.console import Console

        console = Console(stderr=True, quiet=not sys.stderr.isatty())
        zh, en = STAGES[name]
        begun = time.perf_counter()
        with console.status(en if self.lang == "en" else zh):
            yield
        self.seconds[name] = round(time.perf_counter() - begun, 3)
        console.print(f"[green]✓[/] {en if self.lang == 'en' else zh} {self.seconds[name]:.1f} s")
        self.ended(name)


STAGES = {
    "rulebook": ("读取规则", "reading the rulebook"),
    "intake": ("读取卷宗", "reading the papers"),
    "reconcile": ("核对批文与协议", "reconciling approvals and agreements"),
    "facts": ("推定事实范围", "deriving facts as ranges"),
    "engine": ("逐类裁定", "deciding profiles"),
    "decisions": ("归并到人", "joining decisions to persons"),
    "questions": ("排列待查问题", "ordering the open questions"),
    "workbooks": ("写出工作簿", "writing workbooks"),
    "report": ("写出报告", "writing the report"),
    "tables": ("写出数据表", "writing tables"),
    "record": ("记入事件日志", "entering the record"),
}
