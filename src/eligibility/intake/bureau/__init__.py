"""Papers as bureaus have them, read as rows of the nine tables: what each sheet is, what other sheets add, how its rows look."""
