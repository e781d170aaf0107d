"""The code of a sheet: it holds a topic and a person, nothing else, and stays good."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model import facts as model_facts
from fingerpost.model.base import replace
from fingerpost.model.facts import NATIONS, NOT_SURE, TELLERS, Facts
from fingerpost.model.library import Library
from fingerpost.walk import sheet_code
from fingerpost.walk.sheet_code import Opened, Wrong, WrongCode, code_of, opened, values_in_codes

from ..support.shipped import whole_library

LIBRARY = whole_library()
AGES = LIBRARY.questions["age"].values


def facts(**known: str) -> Facts:
    return {fact: frozenset({value}) for fact, value in known.items()}


def refusal(code: str, library: Library = LIBRARY) -> Wrong:
    with pytest.raises(WrongCode) as wrong:
        opened(library, code)
    return wrong.value.why


@given(
    tree=st.sampled_from([*LIBRARY.trees]),
    known=st.fixed_dictionaries(
        {},
        optional={
            "teller": st.sampled_from(TELLERS),
            "nation": st.sampled_from([*NATIONS, NOT_SURE]),
            "age": st.sampled_from(AGES),
        },
    ),
)
def test_every_tree_and_person_comes_back(tree: str, known: dict[str, str]) -> None:
    assert opened(LIBRARY, code_of(LIBRARY, tree, facts(**known))) == Opened(tree, facts(**known))


def test_a_code_on_paper_stays_good() -> None:
    """These codes were printed once: whoever changes one of them breaks paper."""
    known = facts(teller="young-person", nation="wales", age="13-15")
    assert opened(LIBRARY, "CWRV-ZVDT-GRQZ-LGPD-WMCR") == Opened("threatened", known)
    assert opened(LIBRARY, "CPPV-DBBB-BBBB-BBTW-QPBC") == Opened("hate", {})


def other_library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """What ships, after a teller, a nation, an age and a tree were put before all others."""
    monkeypatch.setattr(sheet_code, "TELLERS", ("foster-carer", *model_facts.TELLERS))
    monkeypatch.setattr(sheet_code, "NATIONS", ("ireland", *model_facts.NATIONS))
    age = LIBRARY.questions["age"]
    older = replace(age, answers=(replace(age.answers[0], value="65-or-over"), *age.answers))
    tree = next(iter(LIBRARY.trees.values()))
    return replace(
        LIBRARY,
        trees={"a-new-one": replace(tree, name="a-new-one"), **LIBRARY.trees},
        questions={**LIBRARY.questions, "age": older},
    )


def test_a_code_opens_the_same_person_in_a_later_version(monkeypatch: pytest.MonkeyPatch) -> None:
    known = facts(teller="young-person", nation="wales", age="16-17")
    codes = {tree: code_of(LIBRARY, tree, known) for tree in LIBRARY.trees}
    later = other_library(monkeypatch)
    assert set(values_in_codes(later)["teller"]) > set(model_facts.TELLERS)
    for tree, code in codes.items():
        assert opened(later, code) == Opened(tree, known)
    new = facts(teller="foster-carer", nation="ireland", age="65-or-over")
    assert opened(later, code_of(later, "a-new-one", new)) == Opened("a-new-one", new)


def test_nothing_else_that_was_answered_is_in_a_code() -> None:
    """Danger, suicide, who did it and what is true at home leave no trace."""
    known = facts(teller="young-person", nation="scotland", age="13-15")
    plain = code_of(LIBRARY, "threatened", known)
    for fact, asked in LIBRARY.questions.items():
        if fact not in values_in_codes(LIBRARY):
            for value in asked.values:
                told = {**known, fact: frozenset({value})}
                assert code_of(LIBRARY, "threatened", told) == plain


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", Wrong.NONE),
        (" - ", Wrong.NONE),
        ("A" * 20, Wrong.CHARACTERS),
        ("\x1b[2J", Wrong.CHARACTERS),
        ("\N{LATIN SMALL LETTER LONG S}" * 20, Wrong.CHARACTERS),
        ("B" * 19, Wrong.LENGTH),
        ("B" * 400, Wrong.LENGTH),
        ("B" * 20, Wrong.CHECK),
    ],
)
def test_what_is_no_code_is_refused(code: str, why: Wrong) -> None:
    assert refusal(code) is why


def test_a_code_of_another_format_or_of_no_tree_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(code_of(LIBRARY, "no-such-tree", {})) is Wrong.TREE
    code = code_of(LIBRARY, "hate", {})
    monkeypatch.setattr(sheet_code, "_FORMAT", 2)
    assert refusal(code) is Wrong.VERSION


def test_trees_and_values_that_ship_are_told_apart() -> None:
    """Another could have the same bits by chance; then its name must change before it ships."""
    trees = [sheet_code._tree(name) % (1 << 16) for name in LIBRARY.trees]
    assert len({*trees}) == len(trees)
    for fact, values in values_in_codes(LIBRARY).items():
        assert len({sheet_code._value(fact, value) for value in values}) == len([*values])
