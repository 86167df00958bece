"""The peer PyScript, in the page as its manual begins: `<script type="py">`."""

from js import peer  # type: ignore[import-not-found]  # Pyodide's
from pyodide.ffi import create_proxy  # type: ignore[import-not-found]


def compute(opportunities: float, average_deal_size: float, win_rate: float, cycle_days: float) -> float:
    """Return what all peers do."""
    return opportunities * average_deal_size * win_rate / cycle_days


def ask(*_event: object) -> None:
    """Show the result of what stands in the fields."""
    peer.show(compute(*peer.inputs()))


peer.askAtEachEdit(create_proxy(ask))
