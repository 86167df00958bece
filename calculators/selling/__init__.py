"""Selling: why deals are won or lost, and whether a difference is more than chance."""
