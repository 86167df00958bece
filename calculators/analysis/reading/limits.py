"""What no table of deals goes beyond: more is refused before it costs time or memory."""

MOST_COLUMNS = 2_000
# CRMs' longest text fields hold some 130,000.
MOST_CHARACTERS = 1_000_000
# Bytes between two line ends.
MOST_IN_LINE = 8 * 1024 * 1024
