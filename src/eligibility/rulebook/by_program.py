"""What the program itself asks of every rulebook."""

READ_BY_PROGRAM = (
    "agreement_before_approval",
    "agreements_complete",
    "approving_authorities",
    "shared_land_attribution",
    "special_works_words",
    "start_date",
    "state_council_farmland_line",
    "state_council_other_line",
)
"""Parameters by which facts and findings are made from a dossier; every rulebook has them, whether or not a condition names them."""
