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
from fingerpost.model.base import replace
from fingerpost.model.route import Route
from fingerpost.reading.loader import Reading, load, shipped

SOUND = Path(__file__).parents[1] / "fixtures" / "mistakes" / "sound"
STARTER = files("fingerpost").joinpath("cli/commands/local.yaml").read_text(encoding="utf-8")

Lay = Callable[[str], Reading]
Run = Callable[..., tuple[int, str, str]]


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


# What it cannot do


@pytest.mark.parametrize(
    "text",
    [
        "age: 18\n",
        "nation: [\n",
        "routes: {police: {phone: 101}}\n",
        "routes: {line: {serves: [emergency]}}\n",
        "routes: {line: {contract: {ages: all, nations: uk, tellers: all}}}\n",
        "routes: {ours: {name: Ours, serves: talk, instead: police}}\n",
    ],
)
def test_of_a_file_with_a_mistake_all_is_left_out(lay: Lay, bare: Reading, text: str) -> None:
    """What is said of each mistake is in the session ``local-refused``."""
    reading = lay(text)
    [_] = reading.local_mistakes
    assert replace(reading.library, formed=()) == replace(bare.library, formed=())
    assert reading.mistakes == ()
    assert reading.stopping("first") == ()


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


def test_the_starter_file_has_no_mistake_once_its_numbers_are_put(run: Run, place: Path) -> None:
    text = uncommented(STARTER)
    place.write_text(text, encoding="utf-8")
    unchanged = text.count('"number"')  # what is left as it was stands on no page
    assert "".join(run("local", "--local", str(place))[1:]).count("FP150") == unchanged > 0
    for number in range(text.count('"number"')):
        text = text.replace('"number"', f'"029 2018 000{number}"', 1)
    assert "# nation" not in text
    assert "#   name" not in text
    place.write_text(text, encoding="utf-8")
    reading = load([shipped()], local_file=place)
    assert reading.local_mistakes == ()
    assert reading.library.nation == "wales"
    local = [name for name, route in reading.library.routes.items() if route.local]
    own = "childrens-services lead-at-night our-drop-in safeguarding-lead social-workers-at-night"
    assert sorted(local) == own.split()
    lead = reading.library.routes["safeguarding-lead"]
    assert lead.phone[0].number == "029 2018 0000"
    assert lead.serves == load([shipped()]).library.routes["safeguarding-lead"].serves


# Numbers of a shipped service


def test_one_number_takes_no_other_away(run: Run, place: Path) -> None:
    """Least of all that for nights, which has not the hours of the day's. The name of the council's
    means the Gateway team in Northern Ireland, and the same number has the same words."""
    ours = 'childrens-services: {phone: "028 90507000", hours: {phone: "Mo-Fr 09:00-17:00"}}'
    place.write_text(f"nation: northern-ireland\nroutes:\n  {ours}\n", encoding="utf-8")
    at = ("--local", place, "--now", "2026-12-01T20:50")
    said = run("routes", "gateway-ni", *at)[1].splitlines()
    assert said[1] == "  Phone 028 90507000 (Belfast) - opens at 9am tomorrow"
    assert "  Phone 0300 1234 333 (Northern)" in said
    assert "  Phone 028 9504 9999 (All areas, at night, weekends and bank holidays)" in said
    assert sum(line.startswith("  Phone 0") for line in said) == 6
    assert "Its name in a local file: gateway-ni" in said
    assert "Not shown" not in run("local", *at[:2])[1]


def test_a_number_with_the_same_words_corrects_the_shipped_one(run: Run, place: Path) -> None:
    new = '{number: "028 9018 0000", say: Western}'
    place.write_text(f"routes:\n  gateway-ni: {{phone: [{new}]}}\n", encoding="utf-8")
    said = run("routes", "gateway-ni", "--local", place)[1]
    assert "028 9018 0000 (Western)" in said
    assert "028 7131 4090" not in said


# The command


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the file is looked for when nobody says where; there is no folder there yet."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return local_place()


def test_a_starter_file_is_written_for_its_owner_alone(run: Run, usual: Path) -> None:
    status, said, _ = run("local", "--init")
    assert status == 0
    assert said == f"Written: {usual}\nOpen it in an editor and fill in what you know.\n"
    assert usual.read_text(encoding="utf-8") == STARTER
    assert stat.S_IMODE(usual.stat().st_mode) == 0o600
    assert [path.name for path in usual.parent.iterdir()] == ["local.yaml"]
    assert run("local")[1] == f"Local details: {usual}\nIt can be read. It gives nothing yet.\n"


def test_a_sheet_says_of_a_wrong_file_and_holds_nothing_of_it(run: Run, place: Path) -> None:
    place.write_text('routes:\n  safeguarding-lead: {web: "https://[us"}\n', encoding="utf-8")
    known = "teller=staff danger=none age=13-15 nation=wales threat=money suicide=no also=picture"
    given = [word for each in f"{known} where=snapchat".split() for word in ("--given", each)]
    status, said, told = run(
        "sheet", "threatened", *given, "--local", place, "--format", "txt", "-o", "-"
    )
    assert (status, "https://[us" in said, told.count("FP152")) == (0, False, 1)
    status, said, _ = run("local", "--local", place)
    assert (status, f"{place}:2:28: error FP152" in said) == (1, True)
