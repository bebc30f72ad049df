"""Verdicts → decisions with reasons, missing evidence, and explanations. Opens no file.

`adjudicate.decide` makes the decisions of a batch, `adjudicate.explain` lays one open; each is imported from there, so that neither
waits for the other.
"""
