"""A long XML list, such as the rows of a sheet, in blocks of whole items; nothing of it is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

BLOCK = 4 << 20
"""Bytes of XML that are in memory at a time."""
_HEAD = 1 << 20
"""Bytes within which the list begins."""
_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-?8[\"'])", re.IGNORECASE)


class NotPlainError(ValueError):
    """The XML is written so that only a parser can tell where its items begin."""


class XmlList:
    """The items inside the one element `holder`; `head` is everything in front of them."""

    def __init__(self, body: IO[bytes], holder: str, item: str) -> None:
        """Read as far as the first item. NotPlainError when the list is not there or cannot be cut."""
        begin, opened, tag = b"", None, re.compile(rb"<((?:\w+:)?)" + holder.encode() + rb"(?:\s[^>]*|/)?>")
        while opened is None and len(begin) < _HEAD and (more := body.read(BLOCK)):
            begin += more
            opened = tag.search(begin)
        if opened is None or not begin.removeprefix(_BOM).startswith(b"<") or _OTHER_ENCODING.search(begin):
            raise NotPlainError
        self.item, self._close = b"<" + opened[1] + item.encode(), b"</" + opened[1] + holder.encode() + b">"
        empty = opened[0].endswith(b"/>")
        self.head = begin[: opened.start()] + opened[0].replace(b"/>", b">")
        self._rest, self._body = self._close if empty else begin[opened.end() :], body
        outer = re.search(rb"<((?:\w+:)?[A-Za-z]\w*)[\s>]", self.head[: opened.start()])
        self._tail = self._close + (b"</" + outer[1] + b">" if outer else b"")
        self.start = re.compile(self.item + rb"(?=[\s/>])[^>]*>")

    def blocks(self) -> Iterator[bytes]:
        """The items in blocks of about BLOCK bytes, in order. NotPlainError in the midst, ValueError without an end."""
        rest = self._rest
        while (end := rest.find(self._close)) < 0:
            if cut := self._last_start(rest):
                yield self._whole(rest[:cut])
                rest = rest[cut:]
            more = self._body.read(BLOCK)
            if not more:
                raise ValueError("the list has no end")
            rest += more
        if end:
            yield self._whole(rest[:end])

    def document(self, items: bytes) -> bytes:
        """The part with these items in the place of all."""
        return self.head + items + self._tail

    @staticmethod
    def _whole(block: bytes) -> bytes:
        if not is_plain(block):
            raise NotPlainError
        return block

    def _last_start(self, rest: bytes) -> int:
        at = rest.rfind(self.item)
        while at > 0 and not self.start.match(rest, at):
            at = rest.rfind(self.item, 0, at)
        return max(at, 0)


def is_plain(block: bytes) -> bool:
    """Whether no comments, character data or other quotes hide where its items begin."""
    return b"<!" not in block and b"='" not in block
