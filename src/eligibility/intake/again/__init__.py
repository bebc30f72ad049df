"""What an earlier reading of nearly the same dossier found, used again for the rows that did not change."""
