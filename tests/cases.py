"""How many cases Hypothesis tries: always the same few in `make test`, and others each time in `make fuzz`."""

import os

from hypothesis import settings

# How many times as many cases a round of `make fuzz` tries (tests/fuzz.py); not set in any other run.
TIMES = int(os.environ.get("FUZZ_TIMES", "0"))

# Examples are slow on a busy machine, and that says nothing about them.
settings.register_profile("test", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=100 * (TIMES or 1), print_blob=True)
settings.load_profile("fuzz" if TIMES else "test")


def cases(number: int) -> settings:
    """Return the settings of a property that is tried with so many cases, where 100 are too many or too few."""
    return settings(max_examples=number * (TIMES or 1))
