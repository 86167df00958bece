"""What the browser's worker asks Python: one JSON text a question, and a few back until the last is the answer.

Between two of them the worker looks whether the reader still waits, so a question can be left at each.
"""

import json
from collections.abc import Generator, Iterator
from time import monotonic
from typing import Any

from calculators.analysis.page.questions import QUESTIONS, Kept
from calculators.analysis.reading.progress import Progress
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import refusal
from calculators.analysis.report.words import words
from calculators.core.page.answer import trace
from calculators.core.words.catalogue import LANGUAGES
from calculators.core.words.messages import _

# Seconds between two words of progress: often enough to stop at once, and to be seen to move.
_EVERY = 0.05
# The archive of the runtime that has a library which is imported when it is needed.
_ARCHIVES = {"python_calamine": "spreadsheet", "xlsxwriter": "workbook"}
_ERRORS = {
    "file_gone": _("The file cannot be read any more: it was changed, moved or removed. Choose it again."),
    "unforeseen": _(
        "The file holds something that the analyzer cannot deal with yet. Nothing of it has left this device, and what "
        "was shown before is still here."
    ),
}


class Session:
    """One page's conversation: it keeps what was read last, so that the next question need not read it again."""

    def __init__(self) -> None:
        self._kept = Kept()

    def asking(self, question: str) -> Iterator[str]:
        """Answer a question in steps, each a JSON text with the question's `number`.

        The question has `ask` (one of `questions.QUESTIONS`), `language`, `files` (paths) and what that needs. A step
        has either `progress` (`stage`, `done`, `total`), or `needs`, an archive of the runtime that must be unpacked
        before the next step is taken; the last one is the answer, or has `errors` (`code`, `text`) and, where nobody
        foresaw it, the `trace` for the developer's console. An answer with `written` (`path`, `type`) brings that file.
        Only MemoryError is raised: then the worker is to end.
        """
        asked: dict[str, Any] = json.loads(question)
        number = {"number": asked["number"]}
        brought: set[str] = set()
        while True:
            try:
                answer = yield from self._in_words(asked, number)
            except (ModuleNotFoundError, Refused) as error:
                archive = _archive_of(error)
                if archive and archive not in brought:
                    brought.add(archive)
                    yield json.dumps(number | {"needs": archive})
                    continue
                if isinstance(error, Refused):
                    answer = refusal(error, _language(asked))
                else:
                    answer = _unforeseen("unforeseen", asked, error)
            except OSError as error:
                answer = _unforeseen("file_gone", asked, error)
            except MemoryError:
                raise
            except Exception as error:
                answer = _unforeseen("unforeseen", asked, error)
            break
        yield json.dumps(number | answer, ensure_ascii=False, allow_nan=False)

    def _in_words(self, asked: dict[str, Any], number: dict[str, int]) -> Generator[str, None, dict[str, Any]]:
        """Do the work of a question, saying now and then how far it is."""
        work = QUESTIONS[asked["ask"]](self._kept, asked)
        said = 0.0
        while True:
            try:
                progress: Progress = next(work)
            except StopIteration as done:
                answer: dict[str, Any] = done.value
                return answer
            if monotonic() - said >= _EVERY:
                told = {"stage": progress.stage, "done": progress.done, "total": progress.total}
                yield json.dumps(number | {"progress": told})
                said = monotonic()


def _archive_of(error: Exception) -> str | None:
    """Return the archive that has the library whose absence an error is about, if there is one."""
    missing = error.__cause__ if isinstance(error, Refused) else error
    return _ARCHIVES.get(missing.name or "") if isinstance(missing, ModuleNotFoundError) else None


def _unforeseen(code: str, asked: dict[str, Any], error: Exception) -> dict[str, Any]:
    text = words(_language(asked)).gettext(_ERRORS[code])
    return {"errors": [{"code": code, "text": text}], "trace": trace(error)}


def _language(asked: dict[str, Any]) -> str:
    return next((known for known in LANGUAGES if known == asked.get("language")), LANGUAGES[0])
