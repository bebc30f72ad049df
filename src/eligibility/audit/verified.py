"""A log that one process reads and extends again and again: verified whole once, and anew when another process wrote to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from eligibility.audit.log import Log, VerifiedHead, Writer, file_state
from eligibility.model.diagnostic import InputError
from eligibility.model.event import Event


class VerifiedLog:
    """A log with its verified head. To verify fifty thousand events takes two seconds, which no single act may cost.

    The head holds while device, number, size and times of the file are those it had; `forget` has the next look verify
    everything, which is to be done at times, for an edit within the same tick of the clock would not be seen.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self._known: VerifiedHead | None = None
        self._mutex = RLock()

    def forget(self) -> None:
        """Have the next look verify every event."""
        with self._mutex:
            self._known = None

    def events(self) -> tuple[Event, ...]:
        """The events of a sound log.

        Raises:
            InputError: an event was changed, dropped, inserted or moved.

        """
        with self._mutex:
            before = self._state()
            if self._known is None or self._known.state != before or not before:
                examined = self.log.examined()
                if examined.findings:
                    raise InputError(*examined.findings)
                self._known = None  # an end that is cut or torn is dealt with by the next write
                if before and before == self._state() and not examined.torn and not examined.missing:
                    self._known = VerifiedHead(before, examined.events, examined.head)
                return examined.events
            return self._known.events

    @contextmanager
    def writing(self, at: str) -> Iterator[Writer]:
        """As `Log.writing`, without verifying what is known; one thread at a time.

        Raises:
            InputError: the log cannot be opened for writing, or is not sound.

        """
        with self._mutex, self.log.writing(at, self._known) as writer:
            yield writer
            self._known = VerifiedHead(writer.state, tuple(writer.events), writer.head)

    def _state(self) -> tuple[int, ...]:
        try:
            return file_state(self.log.path.stat())
        except OSError:
            return ()
