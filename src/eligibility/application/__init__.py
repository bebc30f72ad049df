"""Use cases: what the program does with a dossier, a run or a rulebook, without a command line."""
