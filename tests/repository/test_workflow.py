"""The workflow that publishes: one job builds and tests and may only read, the other hands its files on."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import PROJECT

WORKFLOWS = PROJECT / ".github" / "workflows"
DEBIAN_PACKAGES = PROJECT / "tools" / "set_up" / "debian_packages.sh"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    """Return the jobs of the workflow that publishes."""
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS / "publish.yml").read_text(encoding="utf-8"))
    assert found["permissions"] == {}
    jobs: dict[str, Any] = found["jobs"]
    return jobs


def test_only_the_job_that_runs_nothing_of_ours_may_write(jobs: dict[str, Any]) -> None:
    """A dependency turned hostile meets no permission to write; whoever may write runs one action and no command."""
    writing = {name for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert writing == {"deploy"}
    (step,) = jobs["deploy"]["steps"]
    assert step["uses"].startswith("actions/deploy-pages@")
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["if"] == "github.event_name == 'push'"


def test_what_is_published_is_built_from_what_was_tested(jobs: dict[str, Any]) -> None:
    """In one job: tests, then the pages for the address from the same bundles, then the upload."""
    steps = jobs["build"]["steps"]
    done = [step.get("run") or step["uses"].partition("@")[0] for step in steps]
    order = [
        next(index for index, text in enumerate(done) if wanted in text)
        for wanted in ("make test", "make site", "tools.kept_release", "upload-pages-artifact")
    ]
    assert order == sorted(order)
    # Nothing in between that would make the bundles anew, or leave a test out.
    commands = [word for step in steps for word in re.findall(r"\bmake [\w-]+", step.get("run", ""))]
    assert commands == ["make test", "make site"]
    assert not [step for step in steps[: order[0] + 1] if "if" in step or step.get("continue-on-error")]
    assert not {"env", "with"} & (jobs["build"].keys() | steps[order[0]].keys())
    assert steps[order[1]]["env"].keys() == {"ADDRESS", "REPOSITORY_URL"}


def test_pull_requests_get_a_preview_and_nothing_of_the_published_site(jobs: dict[str, Any]) -> None:
    """What only a push does says so, and the other way round."""
    steps = {
        (step.get("with", {}).get("name") or step["uses"].partition("@")[0]): step.get("if")
        for step in jobs["build"]["steps"]
        if "uses" in step
    }
    assert steps["preview"] == "github.event_name == 'pull_request'"
    for name in ("hashed-files", "actions/upload-pages-artifact", "actions/configure-pages"):
        assert steps[name] == "github.event_name == 'push'"


@pytest.mark.parametrize("workflow", sorted(WORKFLOWS.glob("*.yml")), ids=lambda path: path.name)
def test_actions_are_pinned_by_hash(workflow: Path) -> None:
    """A tag can be moved."""
    uses = re.findall(r"uses: (\S+)(.*)", workflow.read_text(encoding="utf-8"))
    assert uses
    for action, note in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", note), action


def machine(folder: Path, user: int, *programs: str) -> dict[str, str]:
    """Return the environment of a machine with some programs, which write down how they are called."""
    for name in programs:
        program = folder / name
        call = f'echo "{name} $*" >>{folder}/calls\n'
        through = 'while [[ $1 == -* || $1 == *=* ]]; do shift; done\nexec "$@"\n' if name == "sudo" else ""
        program.write_text(f"#!/bin/bash\n{call}{through}", encoding="utf-8")
        program.chmod(0o755)
    (folder / "id").write_text(f"#!/bin/bash\necho {user}\n", encoding="utf-8")
    (folder / "id").chmod(0o755)
    for name in ("bash", "env", "dirname", "mktemp", "rm", "cat"):
        (folder / name).symlink_to(Path("/usr/bin") / name)
    return {"PATH": str(folder)}


@pytest.mark.parametrize(
    ("user", "programs", "ci", "status", "first_call"),
    [
        (0, ("apt-get",), "", 0, "apt-get"),
        (0, ("apt-get", "sudo"), "true", 0, "apt-get"),
        (1000, ("apt-get", "sudo"), "true", 0, "sudo"),
        (1000, ("apt-get", "sudo"), "", 3, ""),
        (1000, (), "", 3, ""),
        (1000, ("sudo",), "true", 1, ""),
    ],
)
def test_a_runner_that_is_not_root_installs_by_sudo(
    user: int, programs: tuple[str, ...], ci: str, status: int, first_call: str, tmp_path: Path
) -> None:
    """So no test is skipped before publishing; on a machine of one's own nobody is asked for more than they gave."""
    environment = machine(tmp_path, user, *programs) | {"CI": ci}
    command = [str(DEBIAN_PACKAGES), "hunspell"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    calls = (tmp_path / "calls").read_text(encoding="utf-8") if (tmp_path / "calls").exists() else ""
    assert done.returncode == status, done.stderr
    assert ("apt-get install --yes --no-install-recommends hunspell" in calls) == (status == 0)
    assert calls.partition(" ")[0] == first_call
