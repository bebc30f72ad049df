"""Wires the record: what is kept of a batch, and the commands that check, repeat and seal it."""
