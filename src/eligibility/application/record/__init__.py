"""Where the record of a run stands, and what is kept in it so that a run can be decided again."""
