"""Letters, rosters and tables of a run as files for offices and for publication."""
