"""One expression for each figure, in a module of the same name as the plain one in `calculators/analysis/figures`."""
