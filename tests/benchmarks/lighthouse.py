"""Print what Lighthouse thinks of the site on a phone, in each language.

    python -m tests.benchmarks.lighthouse [--strict]

Home, a metrics page, the analyser and the gallery of calculators, as Lighthouse's own preset for phones has it (a slow
processor, a slow line, both reckoned from what was seen here, so that a busy machine shows). For each page below 100,
the audits that took something away. `browser/test_lighthouse.py` holds what does not depend on the machine.
"""

import argparse
import tempfile
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES
from tests.benchmarks.served import CountingServer, build
from tests.lighthouse import TIMED, UNTIMED, Opinion, opinions
from tools.serve import free_port
from tools.texts.playbook_pages import folder_of

PAGES = ("", "metrics/sales-velocity/", "pipeline/analyse/", "reference/calculators/")
PERFORMANCE, OTHERS = 95, 100


def is_missed(opinion: Opinion) -> bool:
    """Whether a score is below its target."""
    return any(score < (PERFORMANCE if name in TIMED else OTHERS) for name, score in opinion.scores.items())


def main() -> None:
    """Look and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a score is below its target")
    options = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder:
        build(Path(folder), port)
        with CountingServer(Path(folder), port) as server:
            addresses = [server.address + folder_of(language) + page for language in LANGUAGES for page in PAGES]
            found = opinions(addresses, (*TIMED, *UNTIMED))
    categories = (*TIMED, *UNTIMED)
    print("  ".join((f"{'page':<40}", *categories, f"(at least {PERFORMANCE}, the others {OTHERS})")))
    for opinion in found:
        print(
            "  ".join(
                (
                    f"{opinion.page.removeprefix(server.address):<40}",
                    *(f"{opinion.scores[name]:>{len(name)}}" for name in categories),
                )
            )
        )
        for fault in opinion.faults:
            print(f"    {fault}")
    if options.strict and any(map(is_missed, found)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
