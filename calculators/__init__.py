"""Sales pipeline arithmetic with its edge cases, in English, Korean, Japanese and Greek.

>>> run("sales-velocity", {"win_rate": "0.3"}, language="en").text("revenue_per_day")
'3,333.33'
"""

from calculators.core.declaring.outcome import InvalidInput, InvalidInputs, Note
from calculators.core.running.calculator import Calculator, all_calculators
from calculators.core.running.run import Result, run, run_text

__all__ = ["Calculator", "InvalidInput", "InvalidInputs", "Note", "Result", "all_calculators", "run", "run_text"]
# The one place where it stands; the newest entry of CHANGELOG.md has the same.
__version__ = "0.8.0"
