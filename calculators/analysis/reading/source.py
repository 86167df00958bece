"""Where the bytes come from: a path, bytes, or a stream such as standard input, each readable more than once."""

import os
import shutil
import weakref
from collections.abc import Buffer, Callable, Iterator
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Self, cast

# Bytes read at a time: a file is never held whole.
PIECE = 256 * 1024
# What comes through a pipe is kept in memory up to this many bytes, and on the disk beyond.
_MOST_IN_MEMORY = 16 * 1024 * 1024


class Source:
    """A file by its `name` (without folders) and `size` in bytes; `open` gives it from its start, as often as asked."""

    def __init__(self, name: str, size: int, opener: Callable[[], BinaryIO]) -> None:
        self.name, self.size, self._opener = name, size, opener

    @classmethod
    def of(cls, what: str | Path | bytes | BinaryIO, name: str | None = None) -> Self:
        """Return the source of a path, of bytes, or of a stream, which is read to its end if it is a pipe.

        Raises OSError for a path that cannot be read.
        """
        if isinstance(what, str | Path):
            path = Path(what)
            return cls(name or path.name, path.stat().st_size, lambda: path.open("rb"))
        if isinstance(what, bytes):
            return cls(name or "", len(what), lambda: BytesIO(what))
        kept = what if what.seekable() else _kept(what)
        size = kept.seek(0, os.SEEK_END)
        source = cls(name or "", size, lambda: BufferedReader(_Shared(kept)))
        if kept is not what:
            weakref.finalize(source, kept.close)
        return source

    def open(self) -> BinaryIO:
        """Return a stream over the bytes from the first one; whoever opens it closes it."""
        return self._opener()

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes in pieces."""
        with self.open() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def head(self, size: int) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)


class _Shared(RawIOBase):
    """A view of a stream with a place of its own; closing it leaves the stream open."""

    def __init__(self, shared: BinaryIO) -> None:
        self._shared, self._place = shared, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place}.get(whence)
        self._place = offset + (self._shared.seek(0, os.SEEK_END) if start is None else start)
        return self._place

    def readinto(self, buffer: Buffer, /) -> int:
        place = memoryview(buffer)
        self._shared.seek(self._place)
        piece = self._shared.read(len(place))
        place[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)


def _kept(stream: BinaryIO) -> BinaryIO:
    """Return what comes through a pipe as something that can be read again."""
    beginning = stream.read(_MOST_IN_MEMORY)
    if len(beginning) < _MOST_IN_MEMORY:
        return BytesIO(beginning)
    kept = TemporaryFile()  # noqa: SIM115 - closed with its source
    kept.write(beginning)
    shutil.copyfileobj(stream, kept, PIECE)
    return cast(BinaryIO, kept)
