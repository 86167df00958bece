"""The samples in the site: one export and one history of stages for each language, under `assets/samples/`."""

from collections.abc import Iterable
from pathlib import Path

from tools.samples.export import sample_of

PUBLISHED = "assets/samples"
_WORDING = Path(__file__).parent / "wording"


def languages() -> list[str]:
    """Return the languages that have a team of their own."""
    return sorted(file.stem for file in _WORDING.glob("*.toml"))


def address(language: str) -> str:
    """Return where the export of a language is published, relative to the site's root; English if it has none."""
    return f"{PUBLISHED}/pipeline-{language if language in languages() else 'en'}.csv"


def history_address(language: str) -> str:
    """Return where the history of stages that belongs to the export of a language is published."""
    return f"{PUBLISHED}/stages-{language if language in languages() else 'en'}.csv"


def write(folder: Path, chosen: Iterable[str] | None = None) -> None:
    """Write the two files of each language into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in chosen or languages():
        sample = sample_of(language)
        (folder / Path(address(language)).name).write_bytes(sample.deals)
        (folder / Path(history_address(language)).name).write_bytes(sample.history)
