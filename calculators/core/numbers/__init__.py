"""Numbers: read from text and written as text, statistics and simulation."""
