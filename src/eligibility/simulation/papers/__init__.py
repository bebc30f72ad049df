"""Putting the world on paper, with the damage that real papers have."""
