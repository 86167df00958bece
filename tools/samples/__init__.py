"""Invented exports of a sales team in each language, to try the analyser with: reproducible, with traps inside."""
