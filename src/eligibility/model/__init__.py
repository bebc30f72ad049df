"""Nouns of the field: marks, findings, policy, quantities, names. Reads no file and knows no time."""
