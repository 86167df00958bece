"""An analysis as a spreadsheet whose figures are formulas over the deals in it."""
