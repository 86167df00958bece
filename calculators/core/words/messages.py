"""Mark the English messages that are translated in `calculators/locale/`."""


def _(message: str) -> str:
    """Return the English message unchanged; the mark is what `make messages` collects."""
    return message
