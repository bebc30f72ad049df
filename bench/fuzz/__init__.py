"""Spoilt dossiers by the thousand: whatever arrives is read or refused, no row is lost, and nothing ends in a traceback."""
