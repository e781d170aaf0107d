"""A pack has a leaflet for everyone who comes to an ending, and one where others would have two.

What a small library must give is counted by hand; of the shipped one, each reader of each case is
looked for and has to be found exactly once, with the very sheet that they would be given alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import CarryOn, Outcome, Target
from fingerpost.page.messages import say
from fingerpost.page.page import page
from fingerpost.reading.loader import load
from fingerpost.sheets.app_guide import IN_AN_APP, apps, how_to, without_apps
from fingerpost.sheets.discretion import Discretion
from fingerpost.sheets.document import Box, Brief, Document, Fine, Heading, Paragraph, Points, Steps
from fingerpost.sheets.formats.html import index
from fingerpost.sheets.leaflet_index import Section, contents
from fingerpost.sheets.leaflets import (
    Group,
    Leaflet,
    Order,
    Pack,
    TooMany,
    Whom,
    pack,
    together,
)
from fingerpost.sheets.sheet import Sheet, sheet
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from ..support.shipped import whole_library

TODAY = date(2026, 11, 25)
RACK = Path(__file__).parents[1] / "fixtures" / "rack"
SMALL = load([RACK], None, whole=True).library
SHIPPED = whole_library()
HERE = Span.start_of("made-up")


def order(library: Library = SMALL, **how: object) -> Order:
    return replace(Order(tuple(library.trees), TODAY), **how)  # type: ignore[arg-type]  # a test's


def made(library: Library = SMALL, **how: object) -> Pack:
    return pack(library, order(library, **how))


def sizes(found: Pack) -> Counter[str]:
    """How many leaflets there are at each ending."""
    ends = [{place.outcome for place in leaflet.places} for leaflet in found.leaflets]
    return Counter(end for each in ends for end in each)


def people(whom: tuple[Whom, ...]) -> Iterator[dict[str, str]]:
    """Everyone for whom a leaflet is, by the one value of each of their facts."""
    for one in whom:
        for chosen in product(*(values for _, values in one)):
            yield {fact: ",".join(sorted(v)) for (fact, _), v in zip(one, chosen, strict=True)}


def found_for(found: Pack, outcome: str, **facts: str) -> list[Leaflet]:
    return [
        leaflet
        for leaflet in found.leaflets
        for place in leaflet.places
        if place.outcome == outcome and facts in people(place.whom)
    ]


def texts(paper: Document) -> str:
    return repr(paper)


# --- which leaflets there are --------------------------------------------------------------------


def test_the_leaflets_of_a_small_library_are_as_many_as_can_be_counted_by_hand() -> None:
    # Each sheet says which of the three readers it is for. Who needs somebody to talk to is told
    # of one more line in Wales, and a child whose phone has gone of one more thing to do.
    assert sizes(made()) == {
        "wait": 3,  # of the tree “late”, in which nobody is asked for an age or a nation
        "danger-now": 3,
        "rung": 3 * 2 * 2,
        "looked": 3 * 2,
        "nothing-lost": 3 * 2,
    }


def test_an_ending_to_which_only_another_tree_leads_is_found_behind_its_door() -> None:
    lost = SMALL.trees["lost"]
    what = lost.questions["what"]
    away = Target("lost", "looked", span=HERE)
    nothing = next(a for a in what.answers if a.value == "nothing")
    answers = tuple(replace(a, goto=away) if a is nothing else a for a in what.answers)
    lost = replace(lost, questions={**lost.questions, "what": replace(what, answers=answers)})
    late = SMALL.trees["late"]
    how = late.questions["how"]
    door = Target("lost", "nothing-lost", span=HERE)
    answers = (*how.answers, replace(how.answers[0], value="not", goto=door))
    late = replace(late, questions={**late.questions, "how": replace(how, answers=answers)})
    found = made(replace(SMALL, trees={"late": late, "lost": lost}))
    assert sizes(found)["nothing-lost"] == 3
    (leaflet,) = found_for(found, "nothing-lost", teller="staff")
    assert leaflet.places[0].known == (("how", frozenset({"not"})),)


def test_whoever_would_be_led_round_in_a_circle_has_no_leaflet() -> None:
    lost = SMALL.trees["lost"]
    age = lost.questions["age"]
    back = Target("lost", "age", span=HERE)
    child, *others = age.answers
    answers = (child, *(replace(each, goto=back) for each in others))
    lost = replace(lost, questions={**lost.questions, "age": replace(age, answers=answers)})
    found = made(replace(SMALL, trees={**SMALL.trees, "lost": lost}), trees=("lost",))
    assert sizes(found)["looked"] == 3 * 2
    for leaflet in found.leaflets:
        for place in leaflet.places:
            if place.outcome == "looked":
                # Of the other tree, from behind whose door one goes on, nobody is asked an age.
                assert {p.get("age", "child") for p in people(place.whom)} == {"child"}


def test_whoever_would_be_asked_more_than_a_case_answers_has_no_leaflet_there() -> None:
    lost = SMALL.trees["lost"]
    age, where = lost.questions["age"], lost.questions["where"]
    more = replace(where, name="more", fact="more")
    child, *others = age.answers
    onward = Target("lost", "more", span=HERE)
    answers = (child, *(replace(each, goto=onward) for each in others))
    questions = {**lost.questions, "age": replace(age, answers=answers), "more": more}
    found = made(replace(SMALL, trees={**SMALL.trees, "lost": replace(lost, questions=questions)}))
    assert found_for(found, "rung", teller="staff", age="child", nation="wales")
    assert not found_for(found, "rung", teller="staff", age="adult", nation="wales")


def test_what_a_tree_settles_does_not_vary() -> None:
    for nation in ("wales", "scotland"):  # of which the question does not offer the second
        lost = replace(SMALL.trees["lost"], given={"nation": frozenset({nation})})
        found = made(replace(SMALL, trees={**SMALL.trees, "lost": lost}), trees=("lost",))
        assert sizes(found) == {"danger-now": 3, "rung": 3 * 2, "looked": 3, "nothing-lost": 3}
        for leaflet in found.leaflets:
            for place in leaflet.places:
                assert {p.get("nation", nation) for p in people(place.whom)} == {nation}


def test_what_is_given_and_would_not_be_true_at_an_ending_gives_no_leaflet_there() -> None:
    lost = replace(SMALL.trees["lost"], given={"nation": frozenset({"wales"})})
    library = replace(SMALL, trees={**SMALL.trees, "lost": lost})
    assert made(library, trees=("lost",), given={"nation": frozenset({"england"})}).leaflets == ()


def test_what_is_always_asked_and_has_not_been_yet_is_no_value() -> None:
    lost = SMALL.trees["lost"]
    teller = lost.questions["teller"]
    away = Target("lost", "looked", span=HERE)
    answers = (*teller.answers[:2], replace(teller.answers[2], goto=away))
    lost = replace(lost, questions={**lost.questions, "teller": replace(teller, answers=answers)})
    library = replace(SMALL, trees={**SMALL.trees, "lost": lost})
    found = made(library, trees=("lost",), vary=("teller", "safe"))
    looked = [p for x in found.leaflets for p in x.places if p.outcome == "looked"]
    told = [one for place in looked for one in people(place.whom) if "safe" in one]
    assert sorted((one["teller"], one["safe"]) for one in told) == [
        ("parent", "yes"), ("staff", ""), ("young-person", "yes"),
    ]  # fmt: skip


def test_two_readers_to_whom_a_sentence_says_back_different_answers_get_two_leaflets() -> None:
    lost = SMALL.trees["lost"]
    outcome = lost.outcomes["looked"]
    said = replace(outcome, open=Sentence("You are {age}.", span=HERE))
    lost = replace(lost, outcomes={**lost.outcomes, "looked": said})
    found = made(replace(SMALL, trees={**SMALL.trees, "lost": lost}), trees=("lost",))
    assert sizes(found)["looked"] == 3 * 3 * 2 + 3  # and from the other tree, at no age
    (leaflet,) = found_for(found, "looked", teller="staff", age="adult", nation="wales")
    assert Paragraph("You are 18 or more.") in leaflet.document.blocks
    found = made(
        replace(SMALL, trees={**SMALL.trees, "lost": lost}), trees=("lost",), vary=("teller",)
    )
    assert "age" in dict(next(x for x in found.leaflets if x.places[0].outcome == "looked")
                         .places[0].known)  # fmt: skip


# --- for whom ------------------------------------------------------------------------------------


WORDS = st.sampled_from("abc")


@given(st.sets(st.tuples(WORDS, WORDS, WORDS), min_size=1))
def test_putting_people_together_loses_and_doubles_nobody(rows: set[tuple[str, ...]]) -> None:
    each = [
        tuple((str(n), (frozenset({value}),)) for n, value in enumerate(row))
        for row in sorted(rows)
    ]
    whom = together(each)
    found = [tuple(one.values()) for one in people(whom)]
    assert sorted(found) == sorted(rows)
    assert set(together(whom)) == set(whom)


def test_people_who_differ_in_one_thing_only_are_put_together() -> None:
    rows = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("c", "x")]
    whom = together(
        (("one", (frozenset({one}),)), ("two", (frozenset({two}),))) for one, two in rows
    )
    a, b, c, x, y = (frozenset({each}) for each in "abcxy")
    assert whom == (
        (("one", (a, b)), ("two", (x, y))),
        (("one", (c,)), ("two", (x,))),
    )


# --- apps ----------------------------------------------------------------------------------------


def test_a_leaflet_sends_to_the_sheet_of_an_app_and_does_not_print_it() -> None:
    found = made(trees=("lost",))
    for leaflet in found.leaflets:
        on_it = texts(leaflet.document)
        assert "Chirp" not in on_it
        assert "Hoot" not in on_it
        assert (say("app.see") in on_it) == (leaflet.places[0].outcome == "rung")
    rung = next(x.document for x in found.leaflets if x.places[0].outcome == "rung")
    at = rung.blocks.index(Heading("Telling the app"))
    assert rung.blocks[at + 1 : at + 3] == (
        Paragraph("They can lock it."),
        Paragraph(say("app.see")),
    )


def test_others_who_serve_the_same_need_come_up_where_an_app_was() -> None:
    line = SMALL.routes["childline"]
    others = {f"line-{n}": replace(line, name=f"line-{n}", serves=(IN_AN_APP,)) for n in range(4)}
    library = replace(SMALL, routes={"chirp": SMALL.routes["chirp"], **others})
    # Four lines are apps as well, since that is the need which they serve.
    assert [route.name for route in apps(library)] == ["chirp", *others]
    walk = play_case(SMALL, SMALL.cases["phone-with-chirp"])
    assert isinstance(walk.here, Outcome)
    whole = page(SMALL, walk.tree, walk.here, walk.facts)
    talk, app = whole.help
    more = tuple(replace(c, route=f"other-{n}") for n, c in enumerate(talk.contacts * 2))
    crowded = replace(whole, help=(talk, replace(app, more=more)))
    _, left = without_apps(SMALL, crowded).help
    assert [each.route for each in (*left.contacts, *left.more)] == [
        "other-0", "other-1", "other-2", "other-3",
    ]  # fmt: skip
    assert len(left.contacts) == 3


def test_how_to_report_in_an_app_has_its_steps_and_its_links() -> None:
    paper = how_to(SMALL, SMALL.routes["chirp"], "young-person", large=True)
    assert (paper.title, paper.kicker) == ("Report on Chirp", "How to report it in the app")
    assert paper.large
    who, heading, steps, links, know, points, fine = paper.blocks
    assert who == Paragraph("For: Anyone who has Chirp.")
    assert heading == Heading("What to do now")
    assert steps == Steps(("Hold the bird until it sings.", "Choose Report."))
    assert isinstance(links, Box)
    form, web = links.addresses
    assert (form.label, form.uri) == ("For a phone that is lost", "https://example.org/chirp/lost")
    assert (web.label, web.uri) == ("Web", "https://example.org/chirp")
    for each in (form, web):
        assert each.scan
    assert (know, points) == (Heading("Good to know"), Points(("Chirp asks for a name.",)))
    assert isinstance(fine, Fine)
    assert "2026-03" in fine.lines[0]
    assert "menus can change" in fine.lines[1]
    assert "not legal advice" in fine.lines[2]


# --- the index -----------------------------------------------------------------------------------


def index_of(library: Library = SMALL, **how: object) -> list[Section]:
    wanted = order(library, **how)
    return list(contents(library, wanted, pack(library, wanted)).sections)


def test_the_title_of_an_ending_for_any_reader_can_be_found() -> None:
    lost = SMALL.trees["lost"]
    title = Sentence("Look again", span=HERE, by_teller=(("young-person", "Look, my friend"),))
    outcomes = {**lost.outcomes, "looked": replace(lost.outcomes["looked"], title=title)}
    library = replace(SMALL, trees={"lost": replace(lost, outcomes=outcomes)}, cases={})
    (section, _) = index_of(library)
    looked = next(each for each in section.sections if each.heading == "Look again")
    assert looked.lines == ("GOOD TO KNOW", "Look, my friend")


def body(contained: Section) -> str:
    return index(contained, (".html",)).partition("<body>")[2]


def test_a_discreet_pack_tells_nothing_on_its_sheets_or_its_index() -> None:
    wanted = order(discretion=Discretion.of(SMALL))
    found = pack(SMALL, wanted)
    assert found.apps == ()
    assert {leaflet.document.title for leaflet in found.leaflets} == {say("sheet.who-to-ring")}
    contained = contents(SMALL, wanted, found)
    (section,) = contained.sections
    assert (contained.heading, contained.lines, section.heading) == (
        say("sheet.who-to-ring"),
        (),
        "Sheets",
    )
    assert len(section.entries) == len(found.leaflets)
    said = body(contained)
    for telling in ("lost", "phone", "keys", "bus", "late", "Chirp", "Childline", "police", "safe"):
        assert telling.lower() not in said.lower()
    # The index of the same pack without discretion fails the same test.
    assert "lost" in body(contents(SMALL, order(), made()))
    wales = [entry.text for entry in section.entries if "Nation: Wales." in entry.text]
    assert wales
    assert all(text.startswith("Who to ring ") for text in wales)


# --- the shipped library -------------------------------------------------------------------------


TREES = ("threatened", "my-child", "staff-disclosure")
"""A tree for each reader: blackmail for anybody, and those that are a parent's and a worker's own.
Of all that ship some thirty thousand leaflets would be made."""


@pytest.fixture(scope="module")
def rack() -> Pack:
    return made(SHIPPED, trees=TREES)


@pytest.mark.slow
def test_every_ending_of_the_shipped_trees_has_a_leaflet(rack: Pack) -> None:
    found = {(place.tree, place.outcome) for x in rack.leaflets for place in x.places}
    assert found == {(name, end) for name in TREES for end in SHIPPED.trees[name].outcomes}


@pytest.mark.slow
def test_no_two_leaflets_are_the_same_and_no_two_are_for_the_same_people(rack: Pack) -> None:
    assert len({leaflet.document for leaflet in rack.leaflets}) == len(rack.leaflets)
    everyone = Counter(
        (place.tree, place.outcome, place.known, tuple(one.items()))
        for leaflet in rack.leaflets
        for place in leaflet.places
        for one in people(place.whom)
    )
    assert set(everyone.values()) == {1}


def alone(case: str, facts: Mapping[str, str]) -> Walk:
    """Somebody like this case who tells these facts first, walked by hand."""
    answers = {**SHIPPED.cases[case].answers, **{f: frozenset({v}) for f, v in facts.items()}}
    walk = Walk.begin(SHIPPED, SHIPPED.cases[case].tree, {f: answers[f] for f in facts})
    end = SHIPPED.cases[case].expect.outcome
    while walk.here.name != end:
        walk = walk.carry_on() if isinstance(walk.here, Outcome) else walk.answer(
            answers[walk.here.fact])  # fmt: skip
    return walk


@pytest.mark.slow
def test_each_reader_of_each_case_finds_their_own_sheet_and_only_that(rack: Pack) -> None:
    by_place: dict[tuple[str, str], list[tuple[Group, Leaflet, list[dict[str, str]]]]] = {}
    for leaflet in rack.leaflets:
        for place in leaflet.places:
            one = (place, leaflet, list(people(place.whom)))
            by_place.setdefault((place.tree, place.outcome), []).append(one)
    values = {fact: SHIPPED.questions[fact].values for fact in ("teller", "age", "nation")}
    everyone = [dict(zip(values, each, strict=True)) for each in product(*values.values())]
    tried_out = 0
    for number, case in enumerate(SHIPPED.cases):
        for facts in islice(everyone, number % 7, None, 7):
            try:
                walk = alone(case, facts)
            except (KeyError, ValueError):
                continue  # they are asked what the case does not answer, or come elsewhere
            assert isinstance(walk.here, Outcome)
            if any(
                walk.facts[fact] != {value} for fact, value in facts.items() if fact in walk.facts
            ):
                continue  # the tree itself says who reads
            if walk.tree.name not in TREES:
                continue
            shown = without_apps(SHIPPED, page(SHIPPED, walk.tree, walk.here, walk.facts))
            here = by_place[walk.tree.name, walk.here.name]
            told = {fact for place, _, _ in here for fact, _ in place.known}
            # What a way on says for them is no answer of theirs: no leaflet is told by it.
            asked = {question.fact for _, question, _ in walk.answered()} & told
            fits = [
                leaflet
                for place, leaflet, whom in here
                if facts in whom
                and asked <= dict(place.known).keys()
                and all(walk.facts.get(fact) == v for fact, v in place.known)
            ]
            assert {x.document for x in fits} == {sheet(shown, "", Sheet(shown.reader, TODAY))}
            tried_out += 1
    assert tried_out > 50


@pytest.mark.slow
def test_the_sheets_of_apps_are_those_of_the_shipped_directory(rack: Pack) -> None:
    titles = [leaflet.document.title for leaflet in rack.apps]
    assert "Report on Snapchat" in titles
    assert len(titles) == sum(IN_AN_APP in r.serves for r in SHIPPED.routes.values())
    for leaflet in rack.leaflets:
        assert not any(
            isinstance(block, Box) and block.title in titles for block in leaflet.document.blocks
        )
        briefs = [b for b in leaflet.document.blocks if isinstance(b, Brief)]
        assert not any(box.title in titles for brief in briefs for box in brief.boxes)


def test_a_pack_for_staff_is_for_the_same_people_as_any_other() -> None:
    staff = made(audience="staff")
    assert all("For the worker. Not to be given" in texts(x.document) for x in staff.leaflets)

    def everyone(found: Pack) -> Counter[tuple[object, ...]]:
        return Counter(
            (place.outcome, place.known, tuple(one.items()))
            for leaflet in found.leaflets
            for place in leaflet.places
            for one in people(place.whom)
        )

    assert everyone(staff) == everyone(made())


def test_a_worker_is_the_reader_of_the_sheets_of_apps_where_all_is_for_staff() -> None:
    chirp = SMALL.routes["chirp"]
    by_teller = tuple((teller, f"Chirp for {teller}") for teller in TELLERS)
    title = Sentence("", span=HERE, by_teller=by_teller)
    library = replace(SMALL, routes={**SMALL.routes, "chirp": replace(chirp, title=title)})
    assert made(library, audience="staff").apps[0].document.title == "Chirp for staff"
    assert made(library).apps[0].document.title == "Chirp for young-person"


def test_a_way_on_that_settles_a_fact_is_not_taken_for_a_reader_of_whom_it_is_untrue() -> None:
    lost = SMALL.trees["lost"]
    dark = lost.outcomes["danger-now"]
    onward = CarryOn(
        Sentence("Go on", span=HERE),
        Target("lost", "age", span=HERE),
        {"safe": frozenset({"yes"}), "nation": frozenset({"wales"})},
        span=HERE,
    )
    outcomes = {**lost.outcomes, "danger-now": replace(dark, carry_on=onward)}
    library = replace(
        SMALL,
        trees={"lost": replace(lost, outcomes=outcomes)},
        cases={"keys": SMALL.cases["keys"]},
    )
    found = made(library)
    looked = [p for x in found.leaflets for p in x.places if p.outcome == "looked"]
    assert {one["nation"] for place in looked for one in people(place.whom)} == {"wales"}


def test_it_stops_at_the_first_paper_too_many_and_tells_how_far_it_is() -> None:
    seen: list[int] = []
    assert len(pack(SMALL, order(), seen.append).leaflets) == 30
    assert sum(seen) == sum(len(tree.outcomes) for tree in SMALL.trees.values())
    some: list[int] = []
    with pytest.raises(TooMany):
        pack(SMALL, order(), some.append, 3)
    assert len(some) < len(seen)
    with pytest.raises(TooMany):
        pack(SMALL, order(), most=31)
    pack(SMALL, order(), most=32)
