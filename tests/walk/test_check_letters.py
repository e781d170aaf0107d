"""Letters that can be read over a phone: every slip of one letter or swap of two is found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fingerpost.page.messages import say
from fingerpost.walk.check_letters import LETTERS, WrongCode, read, spells, written

LAW = settings(max_examples=300, derandomize=True)

NUMBERS = st.integers(min_value=0, max_value=2**400)
A_FEW = (0, 1, 31, 2**20 - 1, 2**85 + 12_345, 0x5EED_0F_A11_71E5)


def refusal(code: str) -> str:
    with pytest.raises(WrongCode) as caught:
        read(code)
    return say(f"code.wrong-{caught.value.why}")


def is_refused(letters: list[str]) -> bool:
    try:
        read("".join(letters))
    except WrongCode:
        return True
    return False


def letters_of(number: int) -> list[str]:
    return list(written(number).replace("-", ""))


def slips(letters: list[str]) -> Iterator[list[str]]:
    """Every code with one letter wrong."""
    for place, letter in enumerate(letters):
        for other in LETTERS:
            if other != letter:
                yield [*letters[:place], other, *letters[place + 1 :]]


def swaps(letters: list[str]) -> Iterator[list[str]]:
    """Every code in which two different letters have changed places."""
    for one, two in combinations(range(len(letters)), 2):
        if letters[one] != letters[two]:
            swapped = list(letters)
            swapped[one], swapped[two] = letters[two], letters[one]
            yield swapped


# How a number is written


def test_there_are_32_letters_and_none_is_mistaken_for_another() -> None:
    assert len(set(LETTERS)) == len(LETTERS) == 32
    assert LETTERS.isascii()
    assert LETTERS.isupper()
    assert not set(LETTERS) & set("0O1I")


def test_nothing_is_written_as_one_group() -> None:
    """By hand, with pairs (high, low): 01, after two letters of nothing 13, after two more 16."""
    assert written(0) == "2238"


@pytest.mark.parametrize(
    ("number", "groups"),
    [(0, 1), (2**10 - 1, 1), (2**10, 2), (2**30 - 1, 2), (2**30, 3), (2**90 - 1, 5), (2**90, 6)],
)
def test_as_many_groups_of_four_as_needed(number: int, groups: int) -> None:
    """A letter holds 5 bits, and two letters of the last group are the check."""
    found = written(number).split("-")
    assert len(found) == groups
    assert {len(group) for group in found} == {4}


@LAW
@given(NUMBERS)
@example(0)
@example(2**5_000)
def test_what_is_written_is_read(number: int) -> None:
    assert read(written(number)) == number


@settings(LAW, max_examples=30)
@given(st.lists(st.sampled_from(LETTERS), min_size=2, max_size=30).map("".join))
@example("22")
@example("222222")
@example("2222222222")
def test_before_any_letters_one_check_is_right_and_a_code_is_written_in_one_way(body: str) -> None:
    """No check is right after a first group that says nothing: the code would do without it."""
    body += "2" * (-(len(body) + 2) % 4)
    right = [
        f"{body}{one}{two}"
        for one in LETTERS
        for two in LETTERS
        if not is_refused([body, one, two])
    ]
    assert len(right) == (0 if body.startswith("2222") else 1)
    assert [written(read(code)).replace("-", "") for code in right] == right


# What is forgiven, and what is not


@pytest.mark.parametrize("around", ["", "  ", "\t", "\r\n", "."])
@pytest.mark.parametrize("between", ["-", "", " ", ".", " - ", "--", "\u2011", "\u2013", "\u00a0"])
def test_case_and_what_stands_between_are_forgiven(around: str, between: str) -> None:
    number = 2**60 + 98_765
    typed = around + written(number).replace("-", between) + around
    assert read(typed) == read(typed.lower()) == read(typed.swapcase()) == number


def test_a_hyphen_may_stand_anywhere() -> None:
    number = 2**60 + 98_765
    assert read("-" + ". ".join(letters_of(number)) + "-") == number


@pytest.mark.parametrize(
    "letter",
    [*"0O1Ioi", "_", "/", "+", "\x1b", "\u202e", "é", "Å", "ſ", "ı", "２", "Ａ", "٣", "\ud800"],
)
def test_a_letter_that_no_code_has_is_named_and_never_guessed(letter: str) -> None:
    """Some of these are one of our letters in capitals, or a digit to Python."""
    whole = letters_of(2**60)
    for place in range(len(whole)):
        wrong = [*whole[:place], letter, *whole[place + 1 :]]
        assert refusal("".join(wrong)) == (
            "A code has only letters and the digits 2 to 9, and never an I or an O."
        )


@pytest.mark.parametrize("code", ["", " ", "-.-"])
def test_no_code_at_all(code: str) -> None:
    assert refusal(code) == "There is no code here."


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7, 17, 19])
def test_too_short_or_too_long(length: int) -> None:
    wrong = "".join(letters_of(2**85)[:length])
    assert refusal(wrong) == "A code has groups of 4 characters: some are missing or too many."


def test_a_slip_is_told_in_a_sentence() -> None:
    assert refusal("2237") == "This code does not add up: one or more of its characters are wrong."


# What the check finds


@pytest.mark.parametrize("number", A_FEW)
def test_every_wrong_letter_at_every_place_is_found(number: int) -> None:
    letters = letters_of(number)
    tried = [*slips(letters)]
    assert len(tried) == 31 * len(letters)
    assert all(map(is_refused, tried))


@pytest.mark.parametrize("number", A_FEW)
def test_every_swap_of_two_letters_is_found(number: int) -> None:
    tried = [*swaps(letters_of(number))]
    assert tried
    assert all(map(is_refused, tried))


@LAW
@given(NUMBERS, st.data())
def test_any_wrong_letter_is_found(number: int, data: st.DataObject) -> None:
    letters = letters_of(number)
    place = data.draw(st.integers(0, len(letters) - 1))
    wrong = data.draw(st.sampled_from([each for each in LETTERS if each != letters[place]]))
    assert is_refused([*letters[:place], wrong, *letters[place + 1 :]])


@LAW
@given(NUMBERS, st.data())
def test_any_swap_is_found(number: int, data: st.DataObject) -> None:
    letters = letters_of(number)
    different = [
        (one, two)
        for one, two in combinations(range(len(letters)), 2)
        if letters[one] != letters[two]
    ]
    one, two = data.draw(st.sampled_from(different))
    letters[one], letters[two] = letters[two], letters[one]
    assert is_refused(letters)


def test_in_1023_letters_no_two_places_are_alike_and_in_more_some_are() -> None:
    """The places are alike at which the same wrong letter makes the same difference to the check:
    there a swap would not be found. Codes have about 20 letters."""
    number = 2 ** (5 * 1_025) + 2 ** (5 * 500)
    letters = letters_of(number)
    assert len(letters) == 1_028
    for apart in range(1, 1_023):
        first, second = letters[2], letters[2 + apart]
        if first != second:
            swapped = list(letters)
            swapped[2], swapped[2 + apart] = second, first
            assert is_refused(swapped), apart
    swapped = list(letters)
    far = next(n for n in range(1, 5) if letters[n] != letters[n + 1_023])
    swapped[far], swapped[far + 1_023] = letters[far + 1_023], letters[far]
    assert not is_refused(swapped)


def test_a_group_left_out_or_said_twice_is_found_but_once_in_a_thousand_times() -> None:
    chance = random.Random(4)
    tried = passed = 0
    for _ in range(2_000):
        groups = written(chance.getrandbits(90) | 1 << 89).split("-")
        for place, group in enumerate(groups):
            for wrong in (
                groups[:place] + groups[place + 1 :],
                [*groups[:place], group, *groups[place:]],
            ):
                tried += 1
                passed += not is_refused(wrong)
    assert tried == 20_000
    assert passed < 40  # 20 are to be expected


def test_groups_of_nothing_before_a_code_are_found() -> None:
    """They would change no number; yet a code has one way to be written."""
    for number in (0, 5, 2**90 - 1):
        for groups in (1, 2, 255, 256):
            assert is_refused(["2222" * groups, written(number)])


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("RAPE-2345", True),
        ("2345-5SEX", True),
        ("SEX5-2345", True),
        ("BAD7-2345", True),
        ("23SE-XY45", False),  # no group has three letters on end
        ("S3X5-2345", False),
        ("FCKD-TSHT", False),  # no A, E or U
        ("A2E3-U4A5", False),
    ],
)
def test_three_letters_on_end_with_a_vowel_might_be_a_word(code: str, reads: bool) -> None:
    assert spells(code) is reads
