"""ProperDocs as a command, with our hooks but for what needs Material's own files: see other_generators.py.

It must be imported before anything imports MkDocs, in whose place it puts itself.
"""

import sys

from properdocs.__main__ import cli  # isort: skip

from tools.pages import licences, search_index, theme_script


def main(arguments: list[str]) -> None:
    """Build. What is left out: the list of the theme's parts, three lines of its script, the index of its search."""
    for module, function, instead in (
        (licences, "fill", lambda html, *_further: html),
        (licences, "as_markdown", lambda *_given: ""),
        (licences, "write", lambda *_given: None),
        (theme_script, "mend", lambda *_given: None),
        (search_index, "split_by_language", lambda *_given: None),
    ):
        getattr(module, function)  # which must be there
        setattr(module, function, instead)
    cli(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
