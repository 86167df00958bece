"""How browser tests are run: a failed one is tried again, and named in the summary all the same."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a failed browser test twice more.

    A browser on a shared machine may stall for reasons that say nothing about the page. What really fails fails three
    times; what fails now and then stands as RERUN in the summary of every run, to be mended.
    """
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=2))
