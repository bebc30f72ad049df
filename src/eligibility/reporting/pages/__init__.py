"""Offline HTML pages, and the templates they are made from."""
