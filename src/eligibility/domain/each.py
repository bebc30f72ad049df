"""The same work on many items that do not touch one another: in turn here, beside one another where there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


class Each(Protocol):
    """Does `work` on every item; results in the order of the items, whoever did them.

    `work` is a function of a module, and items and results can be pickled: they may go to another process or machine.
    """

    def __call__(self, work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
        """The results."""


def in_turn(work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
    """One item after the other, in this process.

    >>> list(in_turn(len, ["户", "地块"]))
    [1, 2]
    """
    return map(work, items)
