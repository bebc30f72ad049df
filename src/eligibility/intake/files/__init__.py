"""Finds the files of a dossier and reads them as grids of text."""
