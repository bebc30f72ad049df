"""Properties of a rulebook that are proved."""
