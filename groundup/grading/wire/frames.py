"""Frames on a socket: one JSON object and raw buffers. The one place where bytes from another process are read.

A frame is the length of the JSON text (4 bytes, big end first), the text, and the buffers one after the other; the
text names their lengths under "buffers". In: a socket. Out: a message and its buffers, or `WireError`.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any, NoReturn

LARGEST_TEXT = 32_000_000
LARGEST_BUFFERS = 256_000_000
MOST_BUFFERS = 100_000
SLICE = 0.1
"""Seconds. Waiting is done in slices, so that a signal reaches Python while it waits."""

Message = dict[str, Any]


class WireError(Exception):
    """What came over the wire is not what the protocol allows. Nothing of it was used."""


class Closed(WireError):
    """The other side is gone."""


class Late(WireError):
    """The other side did not answer in time."""


class Stream:
    """One end of a socket that carries frames. A reader that is interrupted goes on where it was."""

    def __init__(self, sock: socket.socket, largest: int = LARGEST_BUFFERS) -> None:
        """`largest` is the most that a frame from the other side may have, text and buffers each."""
        self.sock, self.largest = sock, largest
        self._arrived = bytearray()

    def send(self, message: Message, buffers: list[bytes] | None = None, sockets: tuple[int, ...] = ()) -> None:
        """Send one frame, and open sockets with it. Raises Closed, or WireError when the frame is too large."""
        buffers = buffers or []
        text = json.dumps({**message, "buffers": list(map(len, buffers))}, separators=(",", ":"), allow_nan=False)
        raw = text.encode("ascii")
        if len(raw) > LARGEST_TEXT or sum(map(len, buffers)) > LARGEST_BUFFERS:
            raise WireError("a value is too large to be handed over")
        try:
            frame = b"".join([struct.pack("!I", len(raw)), raw, *buffers])
            sent = socket.send_fds(self.sock, [frame], sockets) if sockets else 0
            self.sock.sendall(frame[sent:])
        except OSError:
            raise Closed("the other process has ended") from None

    def receive(self, seconds: float | None = None) -> tuple[Message, list[bytes]]:
        """Wait for one frame, at most `seconds`. Raises Closed, Late, or WireError when it is no frame."""
        deadline = None if seconds is None else time.monotonic() + seconds
        self._gather(4, deadline)
        size = 4 + struct.unpack("!I", self._arrived[:4])[0]
        if size > min(LARGEST_TEXT, self.largest):
            raise WireError("a frame is too large")
        self._gather(size, deadline)
        message = _parsed(bytes(self._arrived[4:size]))
        lengths = _lengths(message.pop("buffers", []), self.largest)
        self._gather(size + sum(lengths), deadline)
        buffers = []
        for length in lengths:
            buffers.append(bytes(self._arrived[size : size + length]))
            size += length
        del self._arrived[:size]
        return message, buffers

    def read(self) -> bytes:
        """What has arrived at the socket."""
        return self.sock.recv(1 << 20)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def _gather(self, count: int, deadline: float | None) -> None:
        """Until at least `count` bytes have arrived."""
        while len(self._arrived) < count:
            _wait(self.sock, deadline)
            try:
                part = self.read()
            except OSError:
                part = b""
            if not part:
                raise Closed("the other process has ended")
            self._arrived += part


def _lengths(lengths: Any, largest: int) -> list[int]:
    if not isinstance(lengths, list) or len(lengths) > MOST_BUFFERS:
        raise WireError("a frame has a wrong list of buffers")
    if not all(type(length) is int and length >= 0 for length in lengths) or sum(lengths) > largest:
        raise WireError("a frame has wrong lengths of buffers")
    return lengths


def _parsed(raw: bytes) -> Message:
    try:
        message = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise WireError("a frame is not valid JSON") from None
    if not isinstance(message, dict):
        raise WireError("a frame is not an object")
    return message


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _wait(sock: socket.socket, deadline: float | None) -> None:
    """Until there is something to read."""
    while True:
        left = SLICE if deadline is None else min(SLICE, deadline - time.monotonic())
        if left < 0:
            raise Late("no answer in time")
        try:
            if select.select([sock], [], [], left)[0]:
                return
        except (OSError, ValueError):
            raise Closed("the channel is closed") from None
