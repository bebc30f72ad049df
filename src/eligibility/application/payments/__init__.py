"""Payment rosters, their accounts, the budget of a year, and what banks and treasuries say was paid."""
