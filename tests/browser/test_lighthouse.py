"""What Lighthouse finds on a phone that does not depend on the machine; the speed is in `benchmarks/lighthouse.py`."""

import pytest

from tests.lighthouse import UNTIMED, opinions
from tests.support import PROJECT
from tools.serve import SiteServer

# One of each kind, each in another language: axe-core and the tests of the built pages hold the rest.
PAGES = ("", "ko/metrics/sales-velocity/", "ja/pipeline/analyse/", "el/reference/calculators/")


@pytest.mark.skipif(not (PROJECT / "node_modules/lighthouse").is_dir(), reason="Lighthouse is not installed")
def test_lighthouse_finds_nothing(server: SiteServer) -> None:
    """Accessibility, best practices and what search engines need have full marks."""
    for opinion in opinions([server.address + page for page in PAGES], UNTIMED):
        assert opinion.scores == dict.fromkeys(UNTIMED, 100), (opinion.page, opinion.faults)
