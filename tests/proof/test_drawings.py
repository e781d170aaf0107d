"""Drawings of trees: nothing is lost, and no author text becomes anything but text."""

from __future__ import annotations

import re
from itertools import product

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.cli.commands.graph import command
from fingerpost.model.base import replace
from fingerpost.model.facts import TELLERS
from fingerpost.model.route import Route
from fingerpost.model.sentence import Sentence, Urgency
from fingerpost.proof.arrivals import arrivals
from fingerpost.proof.drawing import Graph, Shape, graph
from fingerpost.proof.drawings.mermaid import COLOURS, mermaid

from ..support.shipped import whole_library
from ..support.steps import HERE, asked, end, library, tree

# --- the grammars, no wider than what we write ---------------------------------------------------

_TEXT = r'"(?P<text>(?:[^"#\n%<>{}\[\]|`;&:=*_~\\$]|\#\d+;)*)"'
_MERMAID = re.compile(
    rf"""
    flowchart\ TD
    | \ \ acc(?:Title|Descr):\ [a-zA-Z0-9,\ -]+
    | \ \ (?P<place>s\d+)(?:\({_TEXT}\)|\(\[{_TEXT.replace("text", "ending")}\]\)
        |\[\[{_TEXT.replace("text", "door")}\]\]|\{{\{{{_TEXT.replace("text", "fork")}\}}\}})
    | \ \ (?P<start>s\d+)\ -(?:-|\.-)>\|{_TEXT.replace("text", "way")}\|\ (?P<end>s\d+)
    | \ \ classDef\ urgency-[a-z]+\ fill:\#[0-9a-f]{{6}},stroke:\#[0-9a-f]{{6}},
        stroke-width:2px,color:\#000
    | \ \ class\ s\d+(?:,s\d+)*\ urgency-[a-z]+
    """,
    re.VERBOSE,
)


def strictly(grammar: re.Pattern[str], drawn: str) -> list[dict[str, str]]:
    """What each line names, if every line is of the grammar."""
    found = []
    for line in drawn.removesuffix("\n").split("\n"):
        match = grammar.fullmatch(line)
        assert match, line
        found.append({name: text for name, text in match.groupdict().items() if text is not None})
    return found


def read_mermaid(drawn: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The places and the ways of a diagram, with their words as Mermaid shows them."""
    places, ways = {}, []
    for line in strictly(_MERMAID, drawn):
        if "place" in line:
            number, words = line.values()
            places[number] = shown(words)
        elif "start" in line:
            ways.append((line["start"], line["end"], shown(line["way"])))
    assert {end for way in ways for end in way[:2]} <= set(places)
    return places, ways


def shown(text: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


# --- endings by colour and by words --------------------------------------------------------------

WORDS = {
    Urgency.NOW: "GET HELP NOW",
    Urgency.TODAY: "GET HELP TODAY",
    Urgency.SOON: "GET HELP SOON",
    Urgency.INFO: "GOOD TO KNOW",
}


@pytest.mark.parametrize("urgency", list(Urgency))
def test_each_urgency_has_a_colour_and_words(urgency: Urgency) -> None:
    found = graph(library(tree("t", asked("q", {"a": "e"}), end("e", urgency=urgency))), "t", {})
    diagram = mermaid(found)
    assert read_mermaid(diagram)[0]["s1"] == f"{WORDS[urgency]}: e"
    name = f"urgency-{urgency.name.lower()}"
    assert f"  class s1 {name}\n" in diagram
    assert f"  classDef {name} fill:{COLOURS[urgency][0]},stroke:{COLOURS[urgency][1]}" in diagram
    assert diagram.count("classDef") == 1


# --- for a reader --------------------------------------------------------------------------------


def test_what_is_drawn_for_a_reader_is_all_that_they_come_to() -> None:
    shipped = whole_library()
    for tree_, teller in product(shipped.trees, TELLERS):
        given = {"teller": frozenset({teller})}
        drawn = graph(shipped, tree_, given)
        endings = sum(step.shape is Shape.ENDING for step in drawn.steps)
        come = (a for a in arrivals(shipped, tree_, given) if a.tree == tree_ and a.shortest)
        assert 0 <= endings - len(list(come)) <= 1, (tree_, teller)


def test_a_fork_says_on_what_it_depends_and_is_no_question() -> None:
    of_a_child = ["threatened", "--teller", "young-person", "--given", "age=under-13"]
    shown = CliRunner().invoke(command, of_a_child).stdout
    assert "accDescr: 11 questions, " in shown
    assert '{{"I\'m a young person and 12 or younger?"}}' in shown
    assert '-->|"yes"|' in shown


# --- hostile text --------------------------------------------------------------------------------


def everywhere(text: str) -> Graph:
    """This text in every field that a drawing shows, with braces that are no names of a tree."""
    first = tree(
        "t",
        asked("q", {"a": "e", "b": "u/x"}, words=text),
        end("e", "f", words=text),
        end("f"),
    )
    other = tree("u", end("y"), end("x", words=text), words=text)
    bus = Route("bus", Sentence("The Bus Desk", span=HERE), (), None, span=HERE)
    return graph(replace(library(first, other), routes={"bus": bus}), "t", {})


def holds(text: str) -> None:
    """Whatever the text, the drawing has the same places and ways, and shows the text itself."""
    found = everywhere(text)
    places, ways = read_mermaid(mermaid(found))
    assert list(places) == ["s0", "s1", "s2", "s3"]
    assert [way[:2] for way in ways] == [("s0", "s1"), ("s0", "s2"), ("s1", "s3")]
    assert places["s0"] == f"Start: {found.steps[0].words}"
    assert places["s2"] == f"Another tree: {found.steps[2].words}"
    assert [way[2] for way in ways] == [way.words for way in found.edges]


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"#;[]()|<>%{}`\\&:-.\n1 '))))
def test_any_text_is_only_text(text: str) -> None:
    holds(text or "x")
