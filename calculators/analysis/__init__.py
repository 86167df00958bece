"""Reads a deals export and answers with the pipeline in it."""

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.reading.refused import Refused

__all__ = ["Analysis", "Choices", "Mapping", "Refused", "analyse"]
