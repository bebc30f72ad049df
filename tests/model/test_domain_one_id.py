"""One id is one person, however it is written: blanks, width, case, and of fifteen or eighteen digits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eligibility.model.resident_id import known_as, normal_form
from support.paper_folder import resident_id

WIDE = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "0123456789X"}
ids = st.builds(resident_id, st.integers(1, 999), st.sampled_from(("1970-01-01", "1949-10-01", "1985-12-31")))
wrong = st.builds(lambda one: one[:-1] + ("X" if one[-1] != "X" else "1"), ids)


@given(
    st.one_of(ids, wrong),
    st.sampled_from(("{}", " {} ", "　{}", "{}\u200b", "\u202a{}\u202c", "{}\n")),
    st.booleans(),
    st.booleans(),
)
def test_an_id_is_known_by_one_form(one: str, around: str, small: bool, wide: bool) -> None:  # noqa: FBT001
    written = one.translate(WIDE) if wide else one
    written = around.format(f"{written[:6]} {written[6:]}" if "\n" in around else written)
    assert known_as(written.lower() if small else written) == one == known_as(one)


@given(ids)
def test_fifteen_digits_are_the_eighteen_of_their_century(one: str) -> None:
    assert known_as(one[:6] + one[8:17]) == one
    assert normal_form(one[:6] + one[8:17]) == one
