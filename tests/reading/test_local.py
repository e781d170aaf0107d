"""An organisation's own details: what they can add, and that they can close no door."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from fingerpost.cli.context import local_place
from fingerpost.model.route import Phone, Route
from fingerpost.model.tree import When
from fingerpost.reading.format import FORMAT
from fingerpost.reading.loader import Reading, load, shipped

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"
STARTER = files("fingerpost").joinpath("cli/commands/local.yaml").read_text(encoding="utf-8")

Lay = Callable[[str], Reading]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "local.yaml"


@pytest.fixture
def lay(place: Path) -> Lay:
    """The sound library with these local details laid over it."""

    def read(text: str) -> Reading:
        place.write_text(text, encoding="utf-8")
        return load([SOUND], local_file=place)

    return read


@pytest.fixture(scope="module")
def bare() -> Reading:
    return load([SOUND])


def route(reading: Reading, name: str) -> Route:
    return reading.library.routes[name]


# What it can add


def test_a_route_of_its_own_comes_after_the_shipped_ones(lay: Lay) -> None:
    reading = lay(
        "routes:\n"
        "  ours:\n"
        "    name: Our Friday drop-in\n"
        "    serves: [talk]\n"
        "    when: {age: under-18}\n"
        "    unless: {teller: parent}\n"
        "    phone: 029 2018 0000\n"
        "    hours: {phone: Fr 18:00-21:00}\n"
        "    private: Ask {route:line} and {route:ours}.\n"
    )
    assert reading.local_mistakes == ()
    assert list(reading.library.routes) == ["police", "line", "line-in-wales", "ours"]
    ours = route(reading, "ours")
    assert ours.local
    assert ours.serves == ("talk",)
    assert ours.phone == (Phone("029 2018 0000", span=ours.span),)
    assert ours.whens == (When((("age", frozenset({"under-18"})),)),)
    assert ours.contract is None
    assert not [name for name, r in reading.library.routes.items() if r.local and name != "ours"]


def test_details_lie_over_a_shipped_route_field_by_field(lay: Lay, bare: Reading) -> None:
    reading = lay("routes:\n  line:\n    name: Our line\n    web: https://www.example.org/ours\n")
    ours, shipped_one = route(reading, "line"), route(bare, "line")
    assert reading.local_mistakes == ()
    assert list(reading.library.routes) == ["police", "line", "line-in-wales"]
    assert ours.local
    assert (ours.title.otherwise, ours.web) == ("Our line", "https://www.example.org/ours")
    for kept in ("serves", "whens", "unless", "contract", "phone", "text", "hours", "cost", "chat"):
        assert getattr(ours, kept) == getattr(shipped_one, kept), kept
    for kept in ("steps", "forms", "unsure", "source", "confidence", "fixed", "first", "instead"):
        assert getattr(ours, kept) == getattr(shipped_one, kept), kept


def test_a_number_takes_the_place_of_the_steps_by_which_it_was_to_be_found(
    tmp_path: Path,
) -> None:
    (tmp_path / "local.yaml").write_text(
        'routes: {childrens-services: {phone: "029 2018 0001"}}', encoding="utf-8"
    )
    reading = load([shipped()], trees=(), local_file=tmp_path / "local.yaml")
    before = reading.without_local
    assert before is not None
    assert before.routes["childrens-services"].steps
    ours = route(reading, "childrens-services")
    assert ours.steps == ()
    assert ours.web == before.routes["childrens-services"].web


def test_every_detail_may_be_laid_over(lay: Lay) -> None:
    reading = lay(
        "routes:\n"
        "  line:\n"
        "    name: {staff: Our line, otherwise: Their line}\n"
        "    who: W\n    languages: L\n    cost: C\n    expect: E\n    private: P\n    limits: X\n"
        "    phone: [{number: 101, say: Ask}]\n"
        "    text: [{to: 60777}]\n"
        "    chat: https://a.org\n    email: a@a.org\n    web: https://b.org\n    bsl: https://c.org\n"
        "    hours: {phone: Mo 10:00-11:00, chat: Tu 10:00-11:00}\n"
        "    steps: [One.]\n"
        "    forms: {new: {say: New, web: https://d.org}}\n"
    )
    assert reading.local_mistakes == ()
    ours = route(reading, "line")
    assert ours.title.by_teller == (("staff", "Our line"),)
    said = (ours.who, ours.languages, ours.cost, ours.expect, ours.private, ours.limits)
    assert [sentence and sentence.otherwise for sentence in said] == [
        "W",
        "L",
        "C",
        "E",
        "P",
        "X",
    ]
    assert [phone.number for phone in ours.phone] == ["101"]
    assert [line.to for line in ours.text] == ["60777"]
    assert (ours.chat, ours.email) == ("https://a.org", "a@a.org")
    assert (ours.web, ours.bsl) == ("https://b.org", "https://c.org")
    assert ours.hours == {"phone": "Mo 10:00-11:00", "chat": "Tu 10:00-11:00"}
    assert [form.name for form in ours.forms] == ["new"]
    assert ours.unsure == frozenset()


@pytest.mark.parametrize(
    ("details", "hours", "unsure"),
    [
        # A new number has not the hours of the old one.
        (
            "phone: 029 2018 0000",
            {"chat": "24/7"},
            {"hours.chat", "cost", "forms.lost"},
        ),
        # Hours of one channel say nothing of another.
        (
            "hours: {phone: Mo-Su 09:00-17:00}",
            {"phone": "Mo-Su 09:00-17:00", "chat": "24/7"},
            {"hours.chat", "cost", "forms.lost"},
        ),
        (
            "{phone: 029 2018 0000, hours: {phone: 24/7}}",
            {"phone": "24/7", "chat": "24/7"},
            {"hours.chat", "cost", "forms.lost"},
        ),
        # What the organisation writes, it vouches for.
        (
            "cost: Free",
            {"phone": "Mo-Fr 10:00-12:00", "chat": "24/7"},
            {"hours.phone", "hours.chat", "forms.lost"},
        ),
        (
            "forms: {lost: {say: Lost, web: https://d.org}}",
            {"phone": "Mo-Fr 10:00-12:00", "chat": "24/7"},
            {"hours.phone", "hours.chat", "cost"},
        ),
    ],
)
def test_hours_and_doubts_go_with_what_they_are_about(
    lay: Lay, details: str, hours: dict[str, str], unsure: set[str]
) -> None:
    details = details if details.startswith("{") else f"\n    {details}"
    reading = lay(f"routes:\n  line: {details}\n")
    assert reading.local_mistakes == ()
    assert route(reading, "line").hours == hours
    assert route(reading, "line").unsure == unsure


def test_places_of_local_details_are_in_the_local_file(lay: Lay, place: Path) -> None:
    spans = route(lay("routes:\n  line:\n    web: https://a.org\n"), "line").spans
    assert Path(spans["web"].file) == place
    assert (spans["web"].line, spans["web"].column) == (3, 10)
    assert spans["phone"].file.endswith("uk.yaml")


# What it cannot do


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message", "hint"),
    [
        (
            "nation: france\n",
            "FP105", 1, 9,
            "“nation” cannot be “france”",
            "known here: england, wales, scotland, northern-ireland",
        ),
        (
            "nation: not-sure\n",
            "FP105", 1, 9,
            "“nation” cannot be “not-sure”",
            "known here: england, wales, scotland, northern-ireland",
        ),
        (
            "age: 18\n",
            "FP103", 1, 1,
            "a local file has no key “age”",
            "known here: nation, name, routes",
        ),
        (
            "routes:\n  police: {phone: 101}\n",
            "FP212", 2, 3,
            "“police” is the same for everyone, so local details cannot change it",
            "give your own service a name of its own",
        ),
        *(
            (
                f"routes:\n  line:\n    {line}\n",
                "FP212", 3, 5,
                f"a local file cannot set “{line.partition(':')[0]}” here",
                "it can add numbers, links, hours and words",
            )
            for line in (
                "serves: [emergency]",
                "when: {age: 18}",
                "unless: {age: 18}",
                "contract: {ages: all, nations: uk, tellers: all}",
                "fixed: true",
                "first: true",
                "instead: police",
                "source: {seen: 2026}",
                "checked: {date: 2026-01-01, by: Us}",
                "confidence: high",
                "unsure: [phone]",
            )
        ),
        *(
            (
                f"routes:\n  ours:\n    {line}\n    name: Ours\n    serves: talk\n",
                "FP212", 3, 5,
                f"a local file cannot set “{line.partition(':')[0]}” here",
                "it can add numbers, links, hours and words",
            )
            for line in ("fixed: true", "first: true", "instead: police")
        ),
        (
            "routes:\n  lien:\n    phone: 101\n",
            "FP207", 2, 3,
            "no route that comes with fingerpost is called “lien”",
            "did you mean “line”?",
        ),
        (
            "routes:\n  ours:\n    name: Ours\n",
            "FP102", 2, 3,
            "a route has no “serves”",
            "add a line “serves: …”",
        ),
        (
            "routes:\n  ours:\n    name: Ours\n    serves: [tlak]\n",
            "FP205", 4, 14,
            "there is no need “tlak”",
            "did you mean “talk”?",
        ),
        (
            "routes:\n  ours: later\n",
            "FP101", 2, 9,
            "a route needs keys with values, but here is some text",
            f"its keys are: {', '.join(FORMAT.kinds['route'].by_name)}",
        ),
        (
            "routes:\n  line:\n    cost: Ask {route:lien}\n",
            "FP207", 3, 15,
            "there is no route “lien”",
            "did you mean “line”?",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_and_all_of_the_file_is_left_out(
    lay: Lay,
    bare: Reading,
    text: str,
    code: str,
    line: int,
    column: int,
    message: str,
    hint: str,
) -> None:
    reading = lay(f"{text}# and a route that would be right\n")
    [mistake] = reading.local_mistakes
    assert (mistake.code, mistake.message, mistake.hint) == (code, message, hint)
    assert (mistake.span.line, mistake.span.column) == (line, column)
    assert reading.library == bare.library
    assert reading.mistakes == ()
    assert reading.stopping("first") == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"- a list\n", "FP010"),
        (b"# nothing yet\n", "FP010"),
        (b"routes: {\n", "FP001"),
        (b"nation: wales\nnation: england\n", "FP003"),
        ("nation: cymru’r byd\n".encode("cp1252"), "FP002"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_and_left_out(
    place: Path, bare: Reading, data: bytes, code: str
) -> None:
    place.write_bytes(data)
    reading = load([SOUND], local_file=place)
    assert code in [mistake.code for mistake in reading.local_mistakes]
    assert {Path(mistake.span.file) for mistake in reading.local_mistakes} == {place}
    assert reading.library == bare.library


@pytest.mark.parametrize("kind", ["missing", "folder", "link to nowhere"])
def test_what_is_no_file_closes_no_door(place: Path, bare: Reading, kind: str) -> None:
    if kind == "folder":
        place.mkdir()
    if kind == "link to nowhere":
        place.symlink_to(place.parent / "nowhere")
    reading = load([SOUND], local_file=place)
    [mistake] = reading.local_mistakes
    assert mistake.code == "FP013"
    assert mistake.message.startswith(f"{place} ")
    assert not mistake.message.endswith(".")
    assert mistake.hint == "“fingerpost local” says where it is looked for"
    assert Path(mistake.span.file) == place
    assert reading.library == bare.library


def test_a_mistake_of_the_library_is_not_one_of_the_local_file(tmp_path: Path, place: Path) -> None:
    """Nobody can say which routes are shipped while they cannot be read."""
    folder = Path(shutil.copytree(SOUND, tmp_path / "sound"))
    (folder / "routes" / "uk.yaml").write_text("routes: {\n")
    (folder / "shared" / "needs.yaml").write_text("needs: {\n")
    place.write_text(
        "routes:\n  line: {phone: 101}\n  ours: {name: Ours, serves: talk, cost: '{route:x}'}\n"
    )
    reading = load([folder], local_file=place)
    assert [mistake.code for mistake in reading.mistakes] == ["FP001", "FP001"]
    assert reading.local_mistakes == ()


# The starter file


def uncommented(text: str) -> str:
    """The lines that can be used, without the "# " in front of them."""
    return re.sub(r"^( *)# (?=(?:nation:|[a-z-]+:$|  [a-z]+:))", r"\1", text, flags=re.MULTILINE)


def test_the_starter_file_has_no_mistake_without_its_comment_signs(place: Path) -> None:
    text = uncommented(STARTER)
    assert "# nation" not in text
    assert "#   name" not in text
    place.write_text(text, encoding="utf-8")
    reading = load([shipped()], local_file=place)
    assert reading.local_mistakes == ()
    assert reading.library.nation == "wales"
    local = [name for name, route in reading.library.routes.items() if route.local]
    same_page = ["out-of-hours-social-work", "social-workers-by-nation"]
    own = ["childrens-services", "our-drop-in", "safeguarding-lead"]
    assert sorted(local) == sorted(own + same_page)
    assert not any(reading.library.routes[name].steps for name in same_page)  # it is open 24/7
    lead = reading.library.routes["safeguarding-lead"]
    assert lead.phone[0].number == "029 2018 0000"
    assert lead.serves == load([shipped()]).library.routes["safeguarding-lead"].serves


# The command


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the file is looked for when nobody says where; there is no folder there yet."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return local_place()


def test_the_place_is_shown_though_nothing_is_there(run: Run, usual: Path) -> None:
    assert usual.is_relative_to(usual.parents[1])
    status, said, _ = run("local")
    assert status == 0
    assert said.splitlines() == [
        f"Local details: {usual}",
        "There is no such file yet. To start one: fingerpost local --init",
    ]
    assert not usual.parent.exists()


def test_a_starter_file_is_written_for_its_owner_alone(run: Run, usual: Path) -> None:
    status, said, _ = run("local", "--init")
    assert status == 0
    assert said == f"Written: {usual}\nOpen it in an editor and fill in what you know.\n"
    assert usual.read_text(encoding="utf-8") == STARTER
    assert stat.S_IMODE(usual.stat().st_mode) == 0o600
    assert [path.name for path in usual.parent.iterdir()] == ["local.yaml"]
    assert run("local")[1] == f"Local details: {usual}\nIt can be read. It gives: nothing yet.\n"


def test_what_is_no_link_at_all_stops_no_sheet(run: Run, place: Path) -> None:
    place.write_text('routes:\n  safeguarding-lead: {web: "https://[us"}\n', encoding="utf-8")
    known = "teller=staff danger=none age=13-15 nation=wales threat=money suicide=no also=picture"
    given = [word for each in f"{known} where=snapchat".split() for word in ("--given", each)]
    status, said, _ = run(
        "sheet", "threatened", *given, "--local", place, "--format", "txt", "-o", "-"
    )
    assert (status, "https://[us" in said) == (0, True)
    status, said, _ = run("local", "--local", place)
    assert (status, f"{place}:2:28: error FP152" in said) == (1, True)


def test_the_front_page_of_a_site_for_many_things_is_a_mistake_in_the_file(
    run: Run, place: Path
) -> None:
    place.write_text("routes:\n  childrens-services: {web: https://www.gov.uk}\n", encoding="utf-8")
    status, said, _ = run("local", "--local", place)
    assert status == 1
    assert "error FP157" in said
    assert "It can be read" not in said


def test_a_place_that_may_not_be_looked_into_is_one_sentence(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, **_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(Path, "stat", refuse)
    status, said, complaint = run("local", "--local", place)
    assert (status, said) == (3, f"Local details: {place}\n")
    assert complaint.endswith(f"{place} cannot be read: you do not have permission.\n")


def test_an_organisation_may_say_what_it_is_called(lay: Lay) -> None:
    reading = lay("name: Canton Youth Centre\n")
    assert reading.mistakes == ()
    assert reading.library.organisation == "Canton Youth Centre"
