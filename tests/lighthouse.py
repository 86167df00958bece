"""Lighthouse's opinion of pages as on a phone: run by `benchmarks/lighthouse.py` and `browser/test_lighthouse.py`."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.support import PROJECT, chromium, executable

TIMED = ("performance",)
UNTIMED = ("accessibility", "best-practices", "seo")


@dataclass(frozen=True, slots=True)
class Opinion:
    """Scores from 0 to 100 by category, and what took something away."""

    page: str
    scores: dict[str, int]
    faults: list[str]


def opinions(pages: Iterable[str], categories: Iterable[str]) -> list[Opinion]:
    """Look at pages one by one. Raises RuntimeError with what Lighthouse says where it cannot run."""
    script = PROJECT / "tests/lighthouse.mjs"
    command = [executable("node"), str(script), chromium(), ",".join(categories), *pages]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    return [Opinion(page["page"], page["scores"], [_sentence(fault) for fault in page["faults"]]) for page in found]


def _sentence(fault: dict[str, Any]) -> str:
    return " | ".join(part for part in (f"{fault['id']}: {fault['title']}", fault["value"], *fault["places"]) if part)
