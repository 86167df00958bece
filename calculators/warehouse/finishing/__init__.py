"""What is left to do here with the rows of figures that need more than a division."""
