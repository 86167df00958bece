"""Runs a calculator on what was given, and puts the result or the refusal into words."""
