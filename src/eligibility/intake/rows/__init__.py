"""Lays the rows of a table down in schema `paper`, each with its state."""
