"""Say how many files a built site has and how large they are: `python -m tools.site_size site`.

Ends with status 1 above a limit. A host has limits of its own (GitHub Pages: 1 GB); ours are nearer, so that a change
which doubles the site is seen when it is made and not when a host refuses it.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_MEGABYTE = 1_000_000
_KINDS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Size:
    """What is published: files and bytes, and the bytes of each kind of file by its ending."""

    files: int
    bytes: int
    by_kind: Counter[str]
    largest: int
    """Of one file, in bytes."""

    @classmethod
    def of(cls, site: Path) -> Self:
        """Measure a built site. Raises FileNotFoundError when there is none."""
        if not (site / "index.html").is_file():
            raise FileNotFoundError(f"no site in {site}: `make site` builds one")
        sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
        kinds: Counter[str] = Counter()
        for path, size in sizes.items():
            kinds[path.suffix or path.name] += size
        return cls(len(sizes), kinds.total(), kinds, max(sizes.values()))

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {_megabytes(size)}" for kind, size in self.by_kind.most_common(_KINDS_SHOWN))
        return f"{self.files:,} files, {_megabytes(self.bytes)} ({kinds}); the largest has {_megabytes(self.largest)}"

    def above(self, limit: "Size") -> list[str]:
        """Return what is more than a limit allows, in sentences."""
        pairs = {
            "files": (self.files, limit.files),
            "bytes": (self.bytes, limit.bytes),
            "bytes in one file": (self.largest, limit.largest),
        }
        return [f"{now:,} {what}, more than {most:,}" for what, (now, most) in pairs.items() if now > most]


LIMIT = Size(files=1_500, bytes=80 * _MEGABYTE, by_kind=Counter(), largest=5 * _MEGABYTE)


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


def main(arguments: list[str]) -> int:
    """Print the size of a site; return the status."""
    if len(arguments) != 1:
        print("python -m tools.site_size SITE", file=sys.stderr)
        return 2
    try:
        size = Size.of(Path(arguments[0]))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Published: {size}")
    for sentence in size.above(LIMIT):
        print(f"Too much: {sentence}", file=sys.stderr)
    return 1 if size.above(LIMIT) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
