"""The word that stands where a new rulebook has yet to say what the law says."""

TO_BE_FILLED = "待填写"
