"""What a cell means: one function for each type of cell."""
