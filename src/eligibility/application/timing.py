"""The steps of a batch: how long each takes, and whom to tell when one begins and ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from eligibility.model.diagnostic import Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """A step that begins, or (`seconds` given) has ended."""

    name: str
    title: Bilingual
    seconds: float | None = None


Progress = Callable[[Step], object]
"""Called when a step begins and when it has ended."""


@dataclass(slots=True)
class StageTimer:
    """Seconds by step; `progress` is told of each, `ended` is called with the name of each that is over."""

    progress: Progress | None = None
    ended: Callable[[str], None] = lambda _: None
    seconds: dict[str, float] = field(default_factory=dict)
    begun: float = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one step."""
        self.begun = time.perf_counter()
        self._tell(name, None)
        yield
        self.seconds[name] = self.so_far()
        self._tell(name, self.seconds[name])
        self.ended(name)

    def so_far(self) -> float:
        """Seconds since the present step began."""
        return round(time.perf_counter() - self.begun, 3)

    def _tell(self, name: str, seconds: float | None) -> None:
        if self.progress is not None:
            self.progress(Step(name, STEPS[name], seconds))


STEPS = {
    "rulebook": Bilingual("读取规则", "reading the rulebook"),
    "intake": Bilingual("读取卷宗", "reading the papers"),
    "reconcile": Bilingual("核对批文与协议", "reconciling approvals and agreements"),
    "facts": Bilingual("推定事实范围", "deriving facts as ranges"),
    "engine": Bilingual("逐类裁定", "deciding profiles"),
    "decisions": Bilingual("归并到人", "joining decisions to persons"),
    "questions": Bilingual("排列待查问题", "ordering the open questions"),
    "workbooks": Bilingual("写出工作簿", "writing workbooks"),
    "report": Bilingual("写出报告", "writing the report"),
    "tables": Bilingual("写出数据表", "writing tables"),
    "record": Bilingual("记入事件日志", "entering the record"),
}
"""What each step does, in words."""
