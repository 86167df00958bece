"""The answer key that readers run in their own browser: the file, and how its script compares."""

import json
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import calculators
from calculators.core.page.answer import answer
from calculators.core.taking_along.links import from_link
from calculators.core.words.catalogue import LANGUAGES
from tests.runtime.test_parity import ask_pyodide
from tests.support import PROJECT, executable
from tools.pages import answer_key

EXAMPLES: list[dict[str, Any]] = json.loads(answer_key.content())


def compared(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[list[dict[str, str]]]:
    """Return what the page's script finds in examples and what was computed for them."""
    command = [executable("node"), str(PROJECT / "tests" / "runtime" / "differences.mjs")]
    lines = "\n".join(map(json.dumps, pairs))
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def printed(example: dict[str, Any]) -> dict[str, Any]:
    """Return what this Python computes."""
    return calculators.run(example["calculator"], example["inputs"]).to_json()


def spoiled(example: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an example with one expectation after the other changed."""
    for kind in ("outputs", "missing"):
        for name, expected in example[kind].items():
            yield example | {kind: example[kind] | {name: other(expected)}}
    yield example | {"notes": [*example["notes"], "one_more"]}
    if example["missing"]:
        first, *_others = example["missing"]
        yield example | {"missing": {name: code for name, code in example["missing"].items() if name != first}}
        yield example | {"outputs": example["outputs"] | {first: 1}}


def other(expected: Any) -> Any:
    """Return something else of the same kind, with the last of its parts changed."""
    if isinstance(expected, bool):
        return not expected
    if isinstance(expected, int | float):
        return expected + abs(expected) + 1  # more than the tolerance of a simulation
    if isinstance(expected, str):
        return f"{expected}?"
    changed = deepcopy(expected)
    if not changed:
        return [1]
    last = list(changed)[-1] if isinstance(changed, dict) else -1
    changed[last] = other(changed[last])
    return changed


def test_the_file_has_every_example(tmp_path: Path) -> None:
    """Of every calculator; each is on a line of its own, so that people can read it."""
    (tmp_path / answer_key.address()).parent.mkdir(parents=True)

    answer_key.write(tmp_path)

    text = (tmp_path / answer_key.address()).read_text(encoding="utf-8")
    lines = text.splitlines()[1:-1]
    written = sum(path.read_text("utf-8").count("[[example]]\n") for path in answer_key.EXAMPLES.glob("*.toml"))
    assert len(lines) == written == len(json.loads(text)) > 200
    assert {example["calculator"] for example in EXAMPLES} == set(calculators.all_calculators())
    assert [example["name"] for example in EXAMPLES if not example["source"]] == []


def test_the_page_finds_every_example_right() -> None:
    """As the tests in Python do, which read the same file."""
    assert compared([(example, printed(example)) for example in EXAMPLES]) == [[]] * len(EXAMPLES)


def test_the_page_finds_every_wrong_expectation() -> None:
    """Whichever figure, reason or caution it is in: no mark of an example is given away."""
    pairs = [(wrong, printed(example)) for example in EXAMPLES for wrong in spoiled(example)]
    assert len(pairs) > 1000

    unseen = [pair[0] for pair, found in zip(pairs, compared(pairs), strict=True) if len(found) == 0]

    assert unseen == []


def test_a_published_error_is_told_apart() -> None:
    """Each wrong figure that others show, in the place of ours."""
    wrong = [(example, name) for example in EXAMPLES for name in example["wrong"]]
    pairs = []
    for example, name in wrong:
        computed = printed(example)
        computed["outputs"][name] = example["wrong"][name]
        pairs.append((example, computed))

    for (example, name), found in zip(wrong, compared(pairs), strict=True):
        assert {"kind": "published", "output": name, "expected": "", "got": json.dumps(example["wrong"][name])} in [
            difference | {"got": json.dumps(json.loads(difference["got"]))} for difference in found
        ]


def test_a_refusal_is_a_difference() -> None:
    """With the sentences of what was refused."""
    asked = {"ask": "values", "calculator": "win-rate", "language": "en", "currency": "", "inputs": {"won": "abc"}}

    ((difference,),) = compared([(EXAMPLES[0], json.loads(answer(json.dumps(asked))))])

    assert difference["kind"] == "refused"
    assert "number" in difference["got"]


def test_the_browsers_python_agrees_with_the_whole_key(tmp_path: Path) -> None:
    """With the interpreter that every reader has, asked as every page asks: expected words are English."""
    asked = [
        json.dumps({"number": number, "ask": "values", "language": "en", "currency": ""} | question)
        for number, example in enumerate(EXAMPLES)
        for question in [{name: example[name] for name in ("calculator", "inputs")}]
    ]

    answers = ask_pyodide("snapshot", asked, tmp_path)

    assert answers == [answer(question) for question in asked]
    assert compared(list(zip(EXAMPLES, map(json.loads, answers), strict=True))) == [[]] * len(EXAMPLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_that_others_publish_stand_beside_our_figure(language: str) -> None:
    """Both as the language writes figures, and never the same."""
    errors = answer_key.published_errors(language, "about/method/")

    assert len(errors) == sum(len(example["wrong"]) for example in EXAMPLES) > 10
    for error in errors:
        assert error.ours not in {error.published, "", "–"}
        # The link opens the calculator with the example's numbers.
        opened = from_link(error.link.partition("#")[2], language)
        assert opened.to_json()["outputs"] == printed(EXAMPLES[error.number])["outputs"]
