"""The words of the calculators in each language."""
