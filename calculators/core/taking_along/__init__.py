"""A result to take along: as a link, text, CSV or workbook."""
