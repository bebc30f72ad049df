"""`eligibility payments …`: payment rosters, the budget of a year, what was paid."""
