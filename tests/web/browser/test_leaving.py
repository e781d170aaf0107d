"""What the page leaves behind, what it lets run, and how it looks to those who see it otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from fingerpost.page.messages import LAST_RESORT

from ...support.driving import LEFT, SEE, Driven, Job, Step, drive, keys
from ...support.poisoning import poisoned
from ...support.shipped import page_to_search
from .test_walks import BY_CLICKS, DAY, QUIETLY, TITLE, lost, own_words, small, whole

__all__ = ["lost", "whole"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ESCAPE = ("key", "Escape")
BLANK = {"title": "", "url": "about:blank", "heading": "", "text": "", "choices": []}


def is_blank(seen: Mapping[str, Any]) -> bool:
    return BLANK.items() <= seen.items()


# Leaving


@pytest.mark.parametrize(
    "leaving", [[("click", "Leave at once")], [ESCAPE] * 3], ids=["its button", "Escape"]
)
@pytest.mark.parametrize("place", ["question", "ending", "danger", "search"])
def test_nothing_is_left_in_the_document_the_history_the_title_or_the_storage(
    lost: Path, place: str, leaving: list[Step]
) -> None:
    """And going back in the browser does not bring it again, nor does going forward."""
    to: Mapping[str, list[Step]] = {
        "question": BY_CLICKS[:2],
        "ending": BY_CLICKS,
        "danger": [*BY_CLICKS, ("click", "Danger now")],
        "search": [*keys("1"), ("focus", "#said"), ("type", "lost my phone")],
    }
    gone = ("run", "[document.childNodes.length, document.title]")
    steps = [*to[place], SEE, *leaving, LEFT, SEE, ("backInBrowser", None), SEE, gone]
    steps += [*[("forwardInBrowser", None)] * 2, LEFT, SEE]
    [driven] = drive([Job(lost, steps)])
    before, left, back, forward = (seen for seen in driven.sees if isinstance(seen, dict))
    assert before["title"] == TITLE
    assert is_blank(left)
    assert is_blank(back)
    assert is_blank(forward)
    assert left["history"] == before["history"]
    assert driven.requests == []


def test_leaving_ends_at_the_page_that_the_host_has_named_but_not_without_a_network(
    tmp_path: Path,
) -> None:
    """Nor do going back and forward lead to the walk."""
    file, neutral = tmp_path / "page.html", "https://example.org/"
    file.write_text(page_to_search(small(), made_on=DAY, leave_to=neutral), encoding="utf-8")
    away: list[Step] = [("wait", "text=elsewhere"), SEE]
    leaves: list[Step] = [*BY_CLICKS, ("click", "Leave at once")]
    steps = [("answer", neutral), *leaves, *away, ("forwardInBrowser", None), *away]
    alone = Job(file, [*leaves, LEFT, SEE], {"offline": True})
    there, blank = drive([Job(file, steps), alone])
    assert [seen["url"] for seen in there.sees] == [neutral, neutral]
    assert set(there.requests) == {neutral}
    assert is_blank(blank.sees[-1])


def test_escape_twice_or_slowly_does_not_leave(lost: Path) -> None:
    slowly = ("run", "new Promise((done) => setTimeout(done, 5200))")
    steps = [*keys("1"), ESCAPE, ESCAPE, SEE, slowly, ESCAPE, ESCAPE, SEE]
    [driven] = drive([Job(lost, steps)])
    assert [seen["heading"] for seen in driven.sees if seen] == ["What has happened?"] * 2


def test_loading_it_again_starts_again_and_so_does_coming_back(lost: Path) -> None:
    steps: list[Step] = [
        *[*BY_CLICKS, ("reload", None), ("wait", "header"), SEE],
        *[*BY_CLICKS, ("awayAndBack", None), SEE],
    ]
    [driven] = drive([Job(lost, steps)])
    again, returned = driven.sees
    assert again["heading"] == returned["heading"] == "Who is answering?"


def test_two_tabs_know_nothing_of_each_other(lost: Path) -> None:
    steps: list[Step] = [
        *[*BY_CLICKS[:3], ("secondTab", None), SEE],
        *[*BY_CLICKS[:2], ("click", "Leave at once"), LEFT, ("firstTab", None), SEE],
    ]
    [driven] = drive([Job(lost, steps)])
    second, first = driven.sees
    assert second["heading"] == "Who is answering?"
    assert first["heading"] == "What have you lost?"


def test_to_stop_is_kind_and_forgets_what_was_answered(lost: Path) -> None:
    steps = [*BY_CLICKS, ("click", "Stop"), SEE, ("click", "Start again"), SEE]
    [driven] = drive([Job(lost, steps)])
    stopped, again = driven.sees
    assert stopped["heading"] == "It's fine to stop here."
    assert "0800 1111" in stopped["text"]
    assert "phone" not in stopped["text"]
    assert again["heading"] == "Who is answering?"


def test_no_field_is_remembered_and_nothing_is_sent(lost: Path) -> None:
    fields = """[...document.querySelectorAll("input, form")].map((each) =>
      [each.tagName, each.name, each.getAttribute("name"), each.autocomplete, each.spellcheck])"""
    steps: list[Step] = [
        *[*keys("1"), ("wait", "#said"), ("run", fields)],
        *[*keys("111"), ("wait", "[type=checkbox]"), ("run", fields)],
    ]
    [driven] = drive([Job(lost, steps)])
    every = [each for found in driven.sees for each in found]
    assert len(every) == 2 + 13
    typed = [each for each in every if each[0] == "INPUT"]
    assert {(each[1], each[2]) for each in typed} == {("", None)}
    assert {each[3] for each in every if each[0] == "FORM"} == {"off"}
    assert [each[3:] for each in typed[:1]] == [["off", False]]


# The profile of the browser


def traces(profile: Path, words: list[str]) -> Iterator[str]:
    """The files of a profile that hold a word, in the encodings of browsers."""
    for path in profile.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for word in words:
                for encoded in (word.encode(), word.encode("utf-16-le")):
                    if encoded in data:
                        yield f"{path.relative_to(profile)}: {word}"


OF_THE_WALK = ["threatening", "blackmail", "13, 14 or 15", "naked", "Childline", "my nudes"]
"""Of the title, the answers, the ending, and what is typed."""


def walked(whole: Path, folder: Path, *more: Step) -> Path:
    """The profile of a browser after a walk by own words to an ending, and after leaving."""
    profile = folder / "profile"
    steps: list[Step] = [
        *[*keys("1"), ("focus", "#said"), ("type", "threatening to send my nudes")],
        *[("wait", ".found :nth-match(li, 1):has-text('threatening or blackmailing me')")],
        *[("key", "Enter"), ("key", "Enter"), *keys("13233")],
        *[("tick", 6), ("click", "Go on"), SEE, *more, ("click", "Leave at once"), LEFT, SEE],
    ]
    [driven] = drive([Job(whole, steps, {"profile": str(profile)})])
    seen = [each for each in driven.sees if each]
    assert seen[0]["heading"] == "You're being blackmailed"
    assert is_blank(seen[-1])
    return profile


def test_no_word_of_a_walk_is_in_the_profile(whole: Path, tmp_path: Path) -> None:
    profile = walked(whole, tmp_path)
    assert any(profile.rglob("History"))
    assert [*traces(profile, OF_THE_WALK)] == []
    assert [*traces(profile, ["whole.html"])]  # that it was opened is what it says it cannot clear


# The policy

SCRIPT = """(() => {
  const script = document.createElement("script");
  script.textContent = "globalThis.ran = 'script'";
  document.body.append(script);
  const element = document.createElement("button");
  element.setAttribute("onclick", "globalThis.ran = 'attribute'");
  document.body.append(element);
  element.click();
  const style = document.createElement("style");
  style.textContent = "body { width: 77px; }";
  document.head.append(style);
  return [globalThis.ran ?? null, document.body.offsetWidth === 77];
})()"""

NETWORK = """Promise.all([
  fetch("https://example.org/a").then(() => "fetched", () => "refused"),
  new Promise((done) => {
    const picture = new Image();
    picture.onload = () => done("loaded");
    picture.onerror = () => done("refused");
    picture.src = "https://example.org/a.png";
  }),
])"""


def test_the_policy_lets_no_other_script_run_and_nothing_be_fetched(lost: Path) -> None:
    [driven] = drive([Job(lost, [("run", SCRIPT), ("run", NETWORK)])])
    assert driven.sees == [[None, False], ["refused", "refused"]]
    assert len(driven.said) >= 4
    assert all("Content Security Policy" in each for each in driven.said)
    assert driven.requests == []


def test_a_script_in_the_file_that_is_not_ours_does_not_run(lost: Path, tmp_path: Path) -> None:
    doctored = tmp_path / "doctored.html"
    text = lost.read_text(encoding="utf-8")
    added = "<script>globalThis.ran = 1</script><p onclick='globalThis.ran = 2' id='p'>P</p>"
    doctored.write_text(text.replace("<template", f"{added}<template", 1), encoding="utf-8")
    [driven] = drive([Job(doctored, [("run", "globalThis.ran ?? null"), SEE])])
    assert driven.sees[0] is None
    assert driven.sees[1]["heading"] == "Who is answering?"
    assert driven.said


def test_where_it_cannot_run_it_says_whom_to_ring(lost: Path) -> None:
    old = "delete globalThis.DecompressionStream"
    steps: list[Step] = [SEE, ("wait", ".late"), SEE]
    none = {"javaScriptEnabled": False}
    for driven in drive([Job(lost, steps, none), Job(lost, steps, {"before": old})]):
        at_once, after = driven.sees
        assert "needs a newer browser" not in at_once["text"]
        assert at_once["heading"] == LAST_RESORT
        assert "needs a newer browser" in after["text"]
        assert driven.requests == []


def test_a_fault_says_whom_to_ring(lost: Path) -> None:
    fault: Step = ("run", "setTimeout(() => { throw new Error('a fault'); }) && null")
    [driven] = drive([Job(lost, [*BY_CLICKS, fault, ("wait", "p.strong"), SEE])])
    assert driven.sees[-1]["text"].startswith(LAST_RESORT)
    assert driven.said == ["a fault"]


# Hostile trees

HOSTILE = (
    "</template></script><script>globalThis.ran = 1</script>"
    "<img src=x onerror='globalThis.ran = 2'><b>bold</b>&amp;[x](javascript:alert(1))"
)
TURNED = "\u202e1111 0080\u202c\x1b[2J\x00"


def test_what_an_author_writes_is_text_on_every_screen(tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    library = poisoned(small(), f"{HOSTILE}{TURNED}")
    file.write_text(page_to_search(library, made_on=DAY), encoding="utf-8")
    steps: list[Step] = [
        *[SEE, *keys("1"), SEE, *keys("1"), SEE, *keys("n"), SEE],
        *[
            ("click", "Back"),
            *keys("1"),
            SEE,
            *keys("1"),
            SEE,
            ("tick", 1),
            ("click", "Go on"),
            SEE,
        ],
        *[("click", "Danger now"), SEE, ("click", "Back"), ("click", "Change answer"), SEE],
        *[("click", "Stop"), SEE],
        ("run", "[globalThis.ran ?? null, document.querySelectorAll('b, img').length]"),
    ]
    [driven] = drive([Job(file, steps)])
    *screens, ran = driven.sees
    assert len(screens) == 10
    for seen in screens:
        assert HOSTILE in " ".join(seen["text"].split())
        assert "\u202e" not in seen["text"]
    assert ran == [None, 0]
    assert (driven.requests, driven.said) == ([], [])


# Everyone can read it


def kinds_of_screens(axe: Step) -> list[Step]:
    """Through each kind of screen, with ``axe`` on it."""
    return [
        *[axe, ("choose", 3), axe],
        *[("click", "About this"), axe, ("click", "Back")],
        *[("focus", "#said"), ("type", "i want to die")],
        *[("wait", "[role=status].box"), axe, ("click", "Back"), ("choose", 1), axe],
        *[("focus", "#said"), ("type", "xylophone"), ("wait", ".found"), axe],
        *[
            ("click", "Start again"),
            axe,
            ("choose", 1),
            ("choose", 1),
            ("choose", 2),
            axe,
        ],  # a door
        *[("choose", 1), axe, *keys("n"), axe, ("click", "Back")],
        *[
            ("click", "Danger now"),
            axe,
            ("click", "Back"),
            *AGAIN,
            ("choose", 1),
            ("choose", 1),
        ],
        *[*(("choose", at) for at in (1, 3, 2, 3, 3)), axe],
        *[("tick", 6), ("click", "Go on"), axe, ("run", OPEN_ALL), axe],
        *[("click", "How to report in the app"), axe, ("click", "Back")],
        *[("click", "Change answer"), axe, ("click", "Back"), ("click", "Print"), axe],
        *[("click", "Back"), ("axe", "print")],
        *to_the_end("who can see me online"),
        axe,  # good to know
        *to_the_end("i saw a scary video"),
        axe,  # soon
        *[*AGAIN, ("choose", 1), ("choose", 1), ("choose", 2), axe],  # now
        *[("click", "Stop"), axe],
    ]


AGAIN: list[Step] = [("click", "Start again"), ("choose", 1)]


def to_the_end(words: str) -> list[Step]:
    """From any screen to the least urgent ending of what is found by a young person's words."""
    return [*AGAIN, ("choose", 1), *own_words(words), ("choose", 1), ("run", QUIETLY)]


OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; }) ?? null"


def against(driven: Driven) -> list[str]:
    looked = [seen for seen in driven.sees if seen]
    assert len(looked) == 22
    return [each for seen in looked for each in (*seen["violations"], *seen["unsure"])]


def test_axe_finds_nothing_on_any_kind_of_screen_in_light_dark_or_high_contrast(
    whole: Path,
) -> None:
    phone = {"width": 320, "height": 640, "colorScheme": "light"}
    [driven] = drive([Job(whole, kinds_of_screens(("axe", None)), phone)])
    assert against(driven) == []
