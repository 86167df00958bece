"""From the bytes of a file to a table of texts: encoding, delimiter, workbook, rows."""
