"""Every worked example gives its figures, in Python and on the command line."""

import doctest
import json
import subprocess
import sys

import pytest

import calculators
from calculators.__main__ import main
from tests.worked_examples import SHARED_DATA, Example, all_examples, check

PUBLISHED = SHARED_DATA / "worked_examples.json"
# Guides that have an answer to every input, so that nothing can be missing.
ALWAYS_ANSWERED = {"buying-phase", "methodology-chooser"}


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_python(example: Example) -> None:
    """`calculators.run` gives the figures, reasons and cautions of the example."""
    result = calculators.run(example.calculator, example.inputs)

    check(example, result.to_json())


@pytest.mark.parametrize("example", all_examples(), ids=str)
def test_command_line(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    """`run --json` prints the same, from inputs given as name=value."""
    pairs = [f"{name}={_as_argument(value)}" for name, value in example.inputs.items()]

    status = main(["run", example.calculator, *pairs, "--json"])

    assert status == 0
    check(example, json.loads(capsys.readouterr().out))


def test_as_a_program() -> None:
    """`python -m calculators` runs as a program."""
    command = [sys.executable, "-m", "calculators", "run", "sales-velocity", "win_rate=0.3", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout)["outputs"]["revenue_per_day"] == 3333.3333333333335


def test_the_example_of_the_package() -> None:
    """What the package's docstring shows is so."""
    failed, attempted = doctest.testmod(calculators)

    assert (failed, attempted) == (0, 1)


def test_every_calculator_has_examples_for_its_defaults_and_for_what_has_no_meaning() -> None:
    """A calculator without examples, or with sunny ones only, is not finished."""
    examples = all_examples()
    for name in calculators.all_calculators():
        own = [example for example in examples if example.calculator == name]
        assert any(example.outputs for example in own), name
        assert any(example.missing for example in own) or name in ALWAYS_ANSWERED, name


@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/data/worked_examples.json is absent")
def test_every_published_example_is_covered() -> None:
    """Each published example that these calculators can express is among ours, with the re-computed figure."""
    published = {entry["id"]: entry for entry in json.loads(PUBLISHED.read_text(encoding="utf-8"))["examples"]}
    ours = {example.published_as: example for example in all_examples() if example.published_as}

    assert set(ours) == set(published)
    for name, example in ours.items():
        entry = published[name]
        figures = calculators.run(example.calculator, example.inputs).to_json()["outputs"].values()
        recomputed = entry["recomputed"]["coverage"] if name == "coverage-context" else entry["recomputed"]
        if recomputed is not None:
            assert any(abs(figure - recomputed) < 1e-5 * recomputed for figure in figures), name
        # A wrong published figure is among the example's, so that `check` refuses it.
        assert entry["ok"] or example.wrong, name


def _as_argument(value: object) -> str:
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return ",".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)
