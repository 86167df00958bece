"""What a calculator's module is written with: fields, tables, choices, outcomes, other definitions and charts."""
