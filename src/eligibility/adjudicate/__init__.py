"""Verdicts → decisions with reasons and missing evidence, explanations, and questions. Opens no file.

`adjudicate.decide` makes the decisions of a batch, `adjudicate.explain` explains one. Both are imported from their modules,
so that neither imports the libraries of the other.
"""
