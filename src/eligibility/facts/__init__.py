"""Derives the facts of every person, as ranges, from the tables of the dossier and the matching.

The package has no legal number of its own: it reads parameters of the policy by name. `assemble` runs one SQL file per
table; a table reads only tables before it. Tables in schema `fact` are read by other packages, all others are temporary.
Areas are integers in micro-亩 (10⁻⁶ 亩); a NULL end of a range is unbounded. Prefixes: `roll_` by lines of payout rolls,
`group_`, `community_` by the pool of the group or community, `combined_` by both pools, `pool_` by the best of these;
suffixes: `_from`, `_to` first and last possible day, `_min`, `_max` least and greatest possible value.

Worked example (`tests/facts/test_worked_example.py`). A group of two households has 10.00 亩 under contract; household H1
holds a certificate of 4.00 亩 and H2 one of 6.00 亩, both issued 2005-06-01. Agreement 协1 takes 7.00 亩 of farmland, fully
covered by an approval of 2013-05-01. Its payout roll has a single line: H2, 5.00 亩. In 亩:

| table | row | values |
|---|---|---|
| agreement | 协1 | farmland 7, covered 7, approved_from = approved_to = 2013-05-01; the roll adds up to 5 only: not complete |
| roll_taking | H2 | taken 5 |
| pool | group | remainder 2 (7 − 5: taken from somebody in the group) |
| group_total | group | total 10, contracted_left 5 (10 − 5) |
| own_land | H1 | own_area 4, title date 2005-06-01: the taking came after it |
| loss_inputs | H1 | own_min = own_max = 4 (no roll lines to subtract), group_remainder 2 |
| pool_bounds | H1 | group_min 1: the others can absorb at most 5 − 4 = 1 of the pool of 2 |
| land_loss | H1 | lawful_loss 1 to 2, remaining_area 2 to 3 |
| land_loss | H2 | lawful_loss 5 to 6 (own_min is 6 − 5 = 1), remaining_area 0 to 1 |
| fact.persons | H1, one head | remaining_per_head 2 to 3: neither end is rounded into certainty |
"""

from eligibility.facts.assemble import assemble
from eligibility.facts.hukou import named_place

__all__ = ["assemble", "named_place"]
