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
    "works_by_project_name",
)
"""Parameters by which facts and findings are made from a dossier, whether or not a condition names them."""
OPTIONAL = frozenset({"works_by_project_name"})
"""Those of them that a rulebook may lack: what they would assume is then not assumed."""
