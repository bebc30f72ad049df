"""The parameters of a rulebook that the program reads by name, stage by stage; every other reaches a decision through conditions alone.

A test records what each stage reads in a run and compares it with these lists.
"""

PLACES = ("local_places",)
"""By which communities are brought under their present names; a rulebook may do without."""
RECONCILE = (
    "agreement_before_approval",
    "approving_authorities",
    "special_works_words",
    "start_date",
    "state_council_farmland_line",
    "state_council_other_line",
    "works_by_project_name",
)
"""By which approvals and agreements are matched and their law is read."""
FACTS = ("agreements_complete", "shared_land_attribution", "start_date")
"""By which facts are derived."""

OPTIONAL = frozenset({"works_by_project_name"})
"""Those that a rulebook may lack: what they would assume is then not assumed."""
REQUIRED = tuple(sorted({*RECONCILE, *FACTS} - OPTIONAL))
"""Without these no dossier can be decided: every rulebook has them, whether or not a condition names them."""
MAKING_FACTS = frozenset({*PLACES, *REQUIRED, *OPTIONAL})
"""Another value of one of these would make other facts."""
