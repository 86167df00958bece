"""Breaks the arithmetic in one small place at a time and says which breaks no test notices.

    python -m tests.mutants.run --sample 200 --seed 13

mutmut makes the mutants and runs the tests that reach each; here is chosen which ones count, and what becomes of them
is added up. Only arithmetic counts: what differs in a text alone, draws a chart or declares a field is left out, and so
are the tests of the spreadsheets, which work out the same figures a second time.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).parents[2]
MUTMUT = PROJECT / "build" / "mutants" / "bin" / "mutmut"
WORK = PROJECT / "build" / "mutants-run"
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
# The figure.
ENOUGH = 0.95

MUTATED = (
    "calculators/metrics/*.py",
    "calculators/cohorts/*.py",
    "calculators/planning/*.py",
    "calculators/forecasting/*.py",
    "calculators/qualification/*.py",
    "calculators/selling/*.py",
    "calculators/team/*.py",
    "calculators/analysis/figures/*.py",
    "calculators/core/numbers/statistics.py",
    "calculators/core/numbers/projections.py",
    "calculators/core/numbers/survival.py",
    "calculators/core/numbers/simulation.py",
    "calculators/core/numbers/rate_differences.py",
    "calculators/core/running/chances.py",
    "calculators/core/running/cumulative_margin.py",
    "calculators/core/running/scorecard.py",
)
TESTS = (
    *(f"tests/calculators/test_{name}.py" for name in ("examples", "planning", "forecasting", "qualification", "team")),
    *(
        f"tests/calculators/test_{name}.py"
        for name in (
            "commission",
            "open_cohorts",
            "projections",
            "retention",
            "sales_cycle_from_dates",
            "timing",
            "win_loss",
        )
    ),
    *(
        f"tests/calculators/test_{name}.py"
        for name in ("figures", "properties", "verdicts", "headlines", "definitions", "solve")
    ),
    *(
        f"tests/analysis/test_figures_{name}.py"
        for name in ("missing", "notes", "of_deals", "of_time", "parts", "random")
    ),
    *(f"tests/analysis/test_{name}.py" for name in ("figures_exactly", "gate_notes")),
)
# What the tests read beside the sources.
COPIED = ("calculators", "tests", "tools")
# They draw, or declare fields and formulas of cells when a module is imported: that is looked at elsewhere.
NO_ARITHMETIC = {
    *("__init__", "chart", "margin_chart", "_edges", "_inputs", "_outputs", "_spreadsheet", "_graded", "_product"),
    *("_rating_field", "_weight_field", "_evidence_field"),
}
KILLED = "killed"
ALIVE = "alive"
EQUAL = "equivalent"
# How mutmut's exit codes are told apart: 0 is a run of tests without a failure, 33 says that no test comes there.
_SURVIVED = {0, 33}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function with one change: `module` with dots, `number` as mutmut counts, `change` as a reader sees it."""

    name: str
    function: str
    change: str


def main() -> int:
    """Make, choose and run the mutants; the status is 1 where fewer than 95 % are killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, help="how many mutants")
    parser.add_argument("--seed", type=int, default=13, help="which ones")
    parser.add_argument("--only", default="", help="only mutants whose name holds this")
    parser.add_argument("--again", action="store_true", help="keep what is known, and run only what is not killed yet")
    arguments = parser.parse_args()
    started = time.monotonic()
    if not arguments.again:
        shutil.rmtree(WORK, ignore_errors=True)
    prepare()
    print(f"mutants made, and which test reaches what, after {time.monotonic() - started:.0f} s", flush=True)
    everything = [mutant for mutant in arithmetic() if arguments.only in mutant.name]
    chosen = sorted(everything, key=lambda mutant: drawn(mutant, arguments.seed))[: arguments.sample]
    known = exit_codes()
    run([mutant.name for mutant in chosen if known[mutant.name] is None or known[mutant.name] in _SURVIVED])
    return told(chosen, len(everything), arguments.seed, time.monotonic() - started)


def drawn(mutant: Mutant, seed: int) -> str:
    """Return the place of a mutant in the draw: a change elsewhere in the sources leaves the others where they are."""
    return sha256(f"{seed} {mutant.function} {mutant.change}".encode()).hexdigest()


def prepare() -> None:
    """Write a folder in which mutmut finds the sources, and have it make every mutant there."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if not (WORK / name).exists():
            (WORK / name).symlink_to(PROJECT / name)
    settings = {
        "source_paths": ["calculators"],
        "only_mutate": [*MUTATED],
        "also_copy": [*COPIED[2:]],
        # One order, and no help from what restarts or spreads tests.
        "pytest_add_cli_args": [
            *(part for name in ("randomly", "xdist", "rerunfailures") for part in ("-p", f"no:{name}")),
            *("-o", "addopts=--import-mode=importlib"),
            # It names tests to pytest, which does not find those again whose names it has escaped.
            *("-o", "disable_test_id_escaping_and_forfeit_all_rights_to_community_support=true"),
        ],
        "pytest_add_cli_args_test_selection": [path for path in TESTS if (PROJECT / path).exists()],
        "use_git_change_detection": False,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    ours = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    (WORK / "pyproject.toml").write_text(ours + "\n[tool.mutmut]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    # It makes them all, and learns which test reaches what, whichever it is asked to run.
    run(["calculators.core.numbers.statistics.x_mean__mutmut_1"])


def run(names: list[str]) -> None:
    """Have mutmut run the tests on some mutants."""
    if not names:
        return
    command = [str(MUTMUT), "run", "--max-children", str(os.cpu_count() or 1), *names]
    with (WORK / "mutmut.log").open("a", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=WORK, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"mutmut ended with {done.returncode}; what it said is in {WORK / 'mutmut.log'}")


def arithmetic() -> list[Mutant]:
    """Return every mutant that changes more than a text, in an order that only the sources decide."""
    found = []
    for path in sorted((WORK / "mutants").glob("calculators/**/*.py.meta")):
        module = path.with_suffix("").relative_to(WORK / "mutants").with_suffix("")
        known = set(json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"])
        tree = ast.parse(path.with_suffix("").read_text(encoding="utf-8"))
        found += [mutant for mutant in mutants_of(tree, ".".join(module.parts)) if mutant.name in known]
    return found


def mutants_of(tree: ast.Module, module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module: each function stands in it as it was and once with each change."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for name, changed in functions.items():
        mangled, is_mutant, _number = name.rpartition("__mutmut_")
        original = functions.get(f"{mangled}__mutmut_orig")
        if not is_mutant or original is None or changed is original:
            continue
        function = mangled.rpartition("ǁ")[2].removeprefix("x_")
        if function not in NO_ARITHMETIC and not differs_in_text(original.body, changed.body):
            yield Mutant(f"{module}.{name}", f"{module}.{function}", change(original, changed))


def change(original: ast.FunctionDef, changed: ast.FunctionDef) -> str:
    """Return the lines that differ, before and after."""
    before, after = (ast.unparse(node.body).splitlines() for node in (original, changed))  # type: ignore[arg-type]
    lines = [line for line in ndiff(before, after) if line[0] in "-+"]
    return " ".join(f"{line[0]} {line[1:].strip()}" for line in lines)


def differs_in_text(original: object, changed: object) -> bool | None:
    """Whether the first place that differs is a text, or within one; None where nothing differs."""
    if type(original) is not type(changed):
        return is_text(original)
    if isinstance(original, list) and isinstance(changed, list):
        for left, right in zip(original, changed, strict=False):
            if (found := differs_in_text(left, right)) is not None:
                # Where one of several is left out, what differs is that one, and not what moves up.
                return is_text(left) or (found and len(original) == len(changed))
        return None if len(original) == len(changed) else is_text(original[-1])
    if not isinstance(original, ast.AST):
        return None if original == changed else isinstance(original, str)
    for name in original._fields:
        if (found := differs_in_text(getattr(original, name), getattr(changed, name))) is not None:
            return found if not isinstance(original, ast.Name | ast.Attribute) else is_text(original)
    return None


def is_text(node: object) -> bool:
    """Whether a node is a text of ours: a literal, a call of `_`, or a named argument that is one."""
    match node:
        case ast.keyword(value=value):
            return is_text(value)
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.Call(func=ast.Name(id="_")):
            return True
    return False


def exit_codes() -> dict[str, int | None]:
    """Return what the tests ended with, by mutant."""
    codes: dict[str, int | None] = {}
    for path in (WORK / "mutants").glob("calculators/**/*.py.meta"):
        codes |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def told(chosen: list[Mutant], of: int, seed: int, seconds: float) -> int:
    """Print what became of the mutants, and each that is alive; return the status of the command."""
    reasons = {(each["function"], each["change"]): each["reason"] for each in equivalents()}
    codes = exit_codes()
    fates = {}
    for mutant in chosen:
        is_alive = codes[mutant.name] in _SURVIVED
        fate = (EQUAL if (mutant.function, mutant.change) in reasons else ALIVE) if is_alive else KILLED
        fates[mutant] = fate
        if fate == ALIVE:
            print(f"{mutant.name}\n  {mutant.change}")
        elif not is_alive and (mutant.function, mutant.change) in reasons:
            print(f"{mutant.name}\n  is killed, and no equivalent: take it out of {EQUIVALENT.name}")
    for title, rooms in itemized(fates):
        print(f"{title:<32} {rooms[KILLED]:4} killed {rooms[ALIVE]:4} alive {rooms[EQUAL]:4} equivalent")
    total = Counter(fates.values())
    share = total[KILLED] / max(1, total[KILLED] + total[ALIVE])
    print(
        f"{len(chosen)} of {of} mutants (seed {seed}): {total[KILLED]} killed, {total[ALIVE]} alive, "
        f"{total[EQUAL]} equivalent; killed {share:.1%} of those that are not equivalent, in {seconds:.0f} s"
    )
    return int(share < ENOUGH)


def itemized(fates: dict[Mutant, str]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield the count of each fate by room."""
    rooms = sorted({room(mutant) for mutant in fates})
    for name in rooms:
        yield name, Counter(fate for mutant, fate in fates.items() if room(mutant) == name)


def room(mutant: Mutant) -> str:
    """Return the folder of a mutant."""
    return ".".join(mutant.function.split(".")[:-2])


def equivalents() -> list[dict[str, str]]:
    """Return the changes that change no result, each with its reason."""
    found: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    return found


if __name__ == "__main__":
    sys.exit(main())
