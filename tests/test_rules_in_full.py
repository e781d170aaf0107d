"""The safety rules that ship: each is proved, and each breaks where what it rests on is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from fingerpost import library as files
from fingerpost import source
from fingerpost.checks import rules
from fingerpost.cli.main import main
from fingerpost.diagnostics import Diagnostic, Severity
from fingerpost.model import Always, Library
from fingerpost.proofs import Proofs, State

from .oracle import replayed

Doctored: TypeAlias = Callable[["Change"], Library]


@dataclass(frozen=True, slots=True)
class Change:
    """In a file, the first ``old`` that stands after some words is ``new``, or is gone."""

    file: str
    old: str
    new: str = ""
    after: str = ""


@pytest.fixture(scope="module", autouse=True)
def each_file_is_read_once() -> Iterator[None]:
    """Each copy differs in one file; the others need not be read again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "read", cache(source.read))
        yield


@pytest.fixture(scope="module")
def shipped() -> Library:
    return files.load([files.shipped()], whole=True).library


@pytest.fixture
def doctored(tmp_path: Path) -> Doctored:
    """The shipped library after one change."""

    def doctor(change: Change) -> Library:
        text = (files.shipped() / change.file).read_text(encoding="utf-8")
        before, after, rest = text.partition(change.after) if change.after else ("", "", text)
        assert change.old in rest
        path = tmp_path / change.file
        path.parent.mkdir(parents=True, exist_ok=True)
        changed = before + after + rest.replace(change.old, change.new, 1)
        path.write_text(changed, encoding="utf-8")
        reading = files.load([files.shipped(), tmp_path], whole=True)
        assert [each for each in reading.mistakes if each.severity is Severity.ERROR] == []
        return reading.library

    return doctor


def named_rules(library: Library) -> list[str]:
    return [rule.name for rule in library.rules] + [
        rule.name for tree in library.trees.values() for rule in tree.rules
    ]


def with_only(library: Library, name: str) -> Library:
    """The same library, with one of its rules: to prove all of them takes long."""
    trees = {
        each: replace(tree, rules=tuple(rule for rule in tree.rules if rule.name == name))
        for each, tree in library.trees.items()
    }
    kept = tuple(rule for rule in library.rules if rule.name == name)
    return replace(library, rules=kept, trees=trees)


def must_break(library: Library, name: str) -> None:
    """The rule is broken, and who breaks it comes to the ending that is named."""
    [mistake] = rules.find(with_only(library, name))
    assert mistake.code == "FP310"
    assert f"“{name}”" in mistake.message
    ending = mistake.message.split("“")[2].split("”")[0]
    starts = [tree for tree in library.trees if _comes_to(library, mistake, tree, ending)]
    assert starts, mistake.witness


def _comes_to(library: Library, mistake: Diagnostic, tree: str, ending: str) -> bool:
    try:
        walk = replayed(library, mistake, tree)
    except (AssertionError, ValueError):
        return False  # these are not the questions of this tree
    return f"{walk.tree.name}/{walk.here.name}" == ending


def test_every_rule_is_proved_and_says_why(shipped: Library) -> None:
    judged = Proofs(shipped).verdicts()
    assert [rule.name for rule, verdict in judged if verdict.state is not State.PROVED] == []
    assert [rule.name for rule, _ in judged if rule.because is None] == []
    names = [rule.name for rule, _ in judged]
    assert sorted(names) == sorted(set(names))


# --- each rule breaks where what it rests on is gone ---------------------------------------------

ALWAYS = "shared/always.yaml"
ADVICE = "shared/advice.yaml"
ENDINGS = "shared/outcomes.yaml"
PICTURE = "image-shared.yaml"
THREAT = "threatened.yaml"
UK = "routes/uk.yaml"

PASSED = "  passed-round:\n"
FAKED = "  faked:\n"
LAUGHED_AT = "  embarrassing:\n"
SENT = "  sent-and-regretted:\n"
MONEY = "  sextortion:\n"
FAVOUR = "  blackmail:\n"

CHILDREN = "[under-13, 13-15, 16-17, not-sure]"
UNKNOWN = ", online-only, not-sure]"
SEXUAL = "picture: [nude, faked, not-sure]"


def line(name: str, when: str = "") -> str:
    """A line of shared advice as an ending takes it."""
    return f"      - use: {name}\n" + (f"        when: {{{when}}}\n" if when else "")


def needed(name: str, when: str) -> str:
    """A need as an ending calls for it."""
    return f"      - need: {name}\n        when: {{{when}}}\n"


BROKEN_BY: dict[str, Change] = {
    # Danger
    "danger-reaches-999": Change(ALWAYS, line("get-safe-and-ring-999")),
    "not-sure-of-safety-rings-all-the-same": Change(
        ALWAYS, line("ring-if-not-sure", "safe: not-sure")
    ),
    "a-threat-that-could-be-now-is-an-emergency": Change(
        THREAT, "      - emergency\n", after="  violence-now:\n"
    ),
    # Suicide
    "plan-is-an-emergency": Change(ALWAYS, "[emergency, crisis-support]", "[crisis-support]"),
    "thoughts-of-suicide-reach-live-help": Change(ALWAYS, "    needs: [crisis-support]\n"),
    "thoughts-of-suicide-hear-when-to-ring-999": Change(
        ALWAYS, line("ring-999-before-acting-on-thoughts")
    ),
    "nobody-with-thoughts-of-suicide-is-left-alone": Change(
        ALWAYS, line("not-alone-with-thoughts")
    ),
    "what-could-hurt-is-moved-away-from-a-plan": Change(ALWAYS, line("move-dangers-away")),
    "suicide-is-asked-about-in-plain-words": Change(ALWAYS, line("ask-suicide")),
    "the-rest-waits-only-for-a-plan": Change(
        THREAT, line("do-not-pay"), line("the-rest-can-wait"), after=MONEY
    ),
    "a-picture-that-was-sent-does-not-wait": Change(
        PICTURE, line("send-nothing-more"), line("the-rest-can-wait"), after=SENT
    ),
    # Somebody to talk to
    "until-the-19th-birthday-there-is-childline": Change(
        UK,
        "when: {age: [under-13, 13-15, 16-17, 18, not-sure]}",
        f"when: {{age: {CHILDREN}}}",
        after="  childline:\n",
    ),
    "adults-have-someone-to-talk-to": Change(
        PICTURE, "    needs:\n      - someone-to-talk-to\n", "    needs:\n", after=PASSED
    ),
    # Ages and readers
    "after-the-19th-birthday-nothing-for-the-young": Change(
        UK,
        "when: {age: [under-13, 13-15, 16-17, 18, not-sure]}",
        "when: {age: [under-13, 13-15, 16-17, 18, 19-or-over, not-sure]}",
        after="  papyrus:\n",
    ),
    "from-18-nothing-for-children": Change(
        UK,
        f"when: {{age: {CHILDREN}}}",
        "when: {age: [under-13, 13-15, 16-17, 18, not-sure]}",
        after="  report-remove:\n",
    ),
    "under-13-nothing-for-teenagers": Change(
        UK, "when: {age: [13-15,", "when: {age: [under-13, 13-15,", after="  kooth:\n"
    ),
    "under-16-nothing-from-16": Change(
        "routes/scotland.yaml",
        "when: {age: [16-17,",
        "when: {age: [13-15, 16-17,",
        after="  breathing-space-scotland:\n",
    ),
    "young-people-see-nothing-for-adults-who-look-after-them": Change(
        UK, ", teller: [parent, staff]}\n    who", "}\n    who", after="  nspcc-helpline:\n"
    ),
    "parents-see-nothing-for-workers": Change(
        UK, "when: {teller: staff}", "when: {teller: [parent, staff]}", after="  posh:\n"
    ),
    # Nations
    "in-england-nothing-of-another-nation": Change(
        "routes/wales.yaml", "when: {nation: wales}", "when: {nation: [wales, england]}"
    ),
    "in-wales-nothing-of-another-nation": Change(
        "routes/england.yaml", "when: {nation: england}", "when: {nation: [england, wales]}"
    ),
    "in-scotland-nothing-of-another-nation": Change(
        "routes/scotland.yaml", "    instead: police-101\n"
    ),
    "in-northern-ireland-nothing-of-another-nation": Change(
        UK,
        "nation: [england, wales, scotland, not-sure]\n    who",
        "nation: [england, wales, scotland, northern-ireland, not-sure]\n    who",
        after="  childrens-services:\n",
    ),
    "where-nobody-knows-the-nation-only-what-is-everywhere": Change(
        "routes/england.yaml", "when: {nation: england}", "when: {nation: [england, not-sure]}"
    ),
    # Pictures
    "no-adult-tools-for-children": Change(
        UK, "when: {age: [18, 19-or-over], age-in", "when: {age-in", after="  stopncii:\n"
    ),
    "no-adult-tools-for-pictures-of-children": Change(
        UK, ", age-in-picture: 18-or-over}", "}", after="  stopncii:\n"
    ),
    "take-down-tools-are-for-sexual-pictures": Change(
        PICTURE,
        f"shared the picture.\n        when: {{{SEXUAL}}}\n",
        "shared the picture.\n",
        after=SENT,
    ),
    "nudes-are-never-copied": Change(PICTURE, line("never-copy-a-nude"), after=FAKED),
    "young-people-hear-of-report-remove": Change(PICTURE, line("use-report-remove"), after=FAKED),
    "young-people-use-take-down-tools-themselves": Change(
        PICTURE, line("young-person-does-it-themselves"), after=FAKED
    ),
    "grown-up-children-use-take-down-tools-themselves": Change(
        ADVICE,
        "age-in-picture: [under-18, not-sure]",
        "age-in-picture: under-18",
        after="  use-take-it-down:\n",
    ),
    "young-people-do-not-delete-a-picture-that-goes-round": Change(
        PICTURE,
        "      - use: do-not-delete\n        when: {teller: young-person}",
        "      - use: do-not-delete\n        when: {teller: staff}",
        after=FAKED,
    ),
    "nobody-lets-them-delete-a-picture-that-goes-round": Change(
        PICTURE, line("do-not-look", "teller: [parent, staff]"), after=FAKED
    ),
    # Blackmail
    "never-pay": Change(THREAT, line("do-not-pay", "threat: not-sure"), after=FAVOUR),
    "nothing-more-is-sent": Change(THREAT, line("send-nothing-more"), after=FAVOUR),
    "nothing-is-deleted-in-blackmail": Change(THREAT, line("do-not-delete"), after=MONEY),
    "blackmail-reaches-the-police-of-the-nation": Change(
        THREAT, needed("police", "picture: [none, not-nude]"), after=FAVOUR
    ),
    "money-that-was-sent-may-be-stopped": Change(
        THREAT,
        "stop the money.\n        when: {threat: money-paid}",
        "stop the money.\n        when: {threat: money}",
        after=MONEY,
    ),
    # The other person
    "young-people-delete-nothing-that-an-adult-did": Change(
        PICTURE, line("do-not-delete"), after=PASSED
    ),
    "nobody-lets-a-child-delete-what-an-adult-did": Change(
        PICTURE, line("do-not-look", "teller: [parent, staff]"), after=FAKED
    ),
    "nobody-contacts-the-suspect": Change(PICTURE, line("do-not-warn"), after=PASSED),
    "an-adult-or-an-unknown-age-is-urgent": Change(ALWAYS, f"the-lead{UNKNOWN}", "the-lead]"),
    "an-adult-and-a-childs-picture-go-to-ceop-or-the-police": Change(
        PICTURE, ", not-sure]}", "]}", after="- use: report-to-ceop-or-police\n"
    ),
    "an-adult-and-a-childs-picture-show-ceop": Change(
        PICTURE, ", not-sure]}", "]}", after="- need: report-exploitation\n"
    ),
    "a-picture-that-an-adult-was-sent-shows-ceop": Change(
        PICTURE,
        f"the-lead{UNKNOWN}}}\n      - need: adult",
        "the-lead]}\n      - need: adult",
        after=SENT,
    ),
    "wanting-a-childs-pictures-goes-to-ceop-or-the-police": Change(
        THREAT, line("report-to-ceop-or-police", "threat: pictures"), after=FAVOUR
    ),
    # Those who keep children safe
    "young-children-reach-child-protection": Change(
        ENDINGS, needed("child-protection", f"age: under-13, {SEXUAL}")
    ),
    "young-children-asked-for-pictures-reach-child-protection": Change(
        THREAT, needed("child-protection", "age: under-13, threat: pictures")
    ),
    "harm-at-home-reaches-child-protection": Change(
        ENDINGS, needed("child-protection", f"age: {CHILDREN}, suspect: parent-or-carer")
    ),
    "adults-who-know-of-an-adult-and-a-childs-picture-reach-child-protection": Change(
        PICTURE,
        f"works-with-children, the-lead{UNKNOWN}\n",
        "works-with-children, the-lead]\n",
        after=PASSED,
    ),
    "a-picture-that-an-adult-was-sent-reaches-child-protection": Change(
        PICTURE,
        f"works-with-children, the-lead{UNKNOWN}\n",
        "works-with-children, the-lead]\n",
        after=SENT,
    ),
    "in-england-an-allegation-reaches-the-lado": Change(
        "routes/england.yaml",
        "teller: [parent, staff]}\n    first",
        "teller: staff}\n    first",
        after="  lado:\n",
    ),
    "in-wales-an-allegation-reaches-the-designated-officer": Change(
        "routes/wales.yaml",
        "teller: [parent, staff]}\n    first",
        "teller: staff}\n    first",
        after="  designated-officer:\n",
    ),
    "in-scotland-an-allegation-reaches-social-work-or-the-police": Change(
        ALWAYS, "suspect: [works-with-children, the-lead]", "suspect: the-lead"
    ),
    "in-northern-ireland-an-allegation-reaches-the-gateway-team": Change(
        "routes/northern-ireland.yaml",
        "[child-protection, allegation-about-an-adult]",
        "[child-protection]",
        after="  gateway-ni:\n",
    ),
    "in-northern-ireland-an-allegation-reaches-the-police": Change(
        "routes/northern-ireland.yaml", ", allegation-about-an-adult]", "]", after="  psni:\n"
    ),
    "where-nobody-knows-the-nation-an-allegation-reaches-the-council-or-the-police": Change(
        ALWAYS, "suspect: [works-with-children, the-lead]", "suspect: the-lead"
    ),
    # Who is told, and who is not
    "workers-tell-someone": Change(THREAT, line("tell-lead"), after=MONEY),
    "lead-not-shown-where-lead-is-the-worry": Change(
        ADVICE, "    unless: {suspect: the-lead}\n", after="  tell-lead:\n"
    ),
    "someone-above-is-shown-where-the-lead-is-the-worry": Change(
        ALWAYS, "    needs: [above-the-lead]\n"
    ),
    "staff-see-a-way-past-their-own-organisation": Change(
        PICTURE, needed("help-for-staff", "teller: staff"), after=LAUGHED_AT
    ),
    "staff-see-a-way-past-their-own-organisation-for-adults-too": Change(
        UK, "serves: [help-for-staff, second-look]", "serves: [regulator]", after="  posh:\n"
    ),
    "home-is-not-told-where-home-is-the-danger": Change(
        ADVICE,
        "unless: {suspect: [parent-or-carer, ",
        "unless: {suspect: [",
        after="  tell-an-adult:\n",
    ),
    "young-people-tell-an-adult-who-is-no-part-of-it": Change(
        PICTURE, line("tell-another-adult"), after=PASSED
    ),
    "nobody-is-sent-home-to-danger": Change(
        THREAT, line("before-going-home"), after="  violence-later:\n"
    ),
}
"""One small change that breaks each rule."""


def test_every_rule_has_a_change_that_breaks_it(shipped: Library) -> None:
    assert sorted(BROKEN_BY) == sorted(named_rules(shipped))


@pytest.mark.parametrize("name", BROKEN_BY)
def test_a_rule_breaks_where_what_it_rests_on_is_gone(name: str, doctored: Doctored) -> None:
    must_break(doctored(BROKEN_BY[name]), name)


# --- always.yaml: what each of its lines is for --------------------------------------------------

CAUGHT_BY = {
    "safe: get-safe-and-ring-999": "danger-reaches-999",
    "safe: ring-if-not-sure": "not-sure-of-safety-rings-all-the-same",
    "suicide=plan: now": "plan-is-an-emergency",
    "suicide=plan: ring-999-for-a-plan": "thoughts-of-suicide-hear-when-to-ring-999",
    "suicide=plan: move-dangers-away": "what-could-hurt-is-moved-away-from-a-plan",
    "suicide=plan: emergency": "plan-is-an-emergency",
    "suicide=plan: crisis-support": "thoughts-of-suicide-reach-live-help",
    "suicide=not-sure: now": "plan-is-an-emergency",
    "suicide=not-sure: ask-suicide": "suicide-is-asked-about-in-plain-words",
    "suicide=not-sure: ring-999-if-there-may-be-a-plan": (
        "nobody-with-thoughts-of-suicide-is-left-alone"
    ),
    "suicide=not-sure: crisis-support": "thoughts-of-suicide-reach-live-help",
    "suicide=not-sure: emergency": "plan-is-an-emergency",
    "suicide=thoughts: not-alone-with-thoughts": "nobody-with-thoughts-of-suicide-is-left-alone",
    "suicide=thoughts: ring-999-before-acting-on-thoughts": (
        "thoughts-of-suicide-hear-when-to-ring-999"
    ),
    "suicide=thoughts: crisis-support": "thoughts-of-suicide-reach-live-help",
    "age picture: today": "young-children-reach-child-protection",
    "age suspect: today": "an-adult-or-an-unknown-age-is-urgent",
    "teller=staff: safeguarding-lead": "workers-tell-someone",
    "suspect=the-lead teller=staff: today": "someone-above-is-shown-where-the-lead-is-the-worry",
    "suspect=the-lead teller=staff: above-the-lead": (
        "someone-above-is-shown-where-the-lead-is-the-worry"
    ),
    "age suspect teller: allegation-about-an-adult": "in-england-an-allegation-reaches-the-lado",
}
"""The parts of ``always.yaml``, by whom they are for, and a rule that each of them alone keeps."""

KEPT_WITHOUT = {
    # The one ending of those who are not safe is urgent, and calls for 999, by itself.
    "safe: now": "danger-reaches-999",
    "safe: emergency": "danger-reaches-999",
    # Every ending that comes after the question about suicide is for today at the latest.
    "suicide=thoughts: today": "thoughts-of-suicide-reach-live-help",
}
"""Parts that the endings have too, and the rule that asks for them: without the part it is still
proved, so nobody loses anything. A tree whose endings lacked them would rest on the part."""


def parts_of(library: Library) -> Iterator[tuple[str, Library]]:
    """Each part of ``always.yaml`` by a name, and the library without it."""
    for number, entry in enumerate(library.always):

        def without(number: int = number, **less: object) -> Library:
            changed = replace(library.always[number], **less)  # type: ignore[arg-type]  # by name
            always = (*library.always[:number], changed, *library.always[number + 1 :])
            return replace(library, always=always)

        whom = for_whom(entry)
        if entry.urgency is not None:
            yield f"{whom}: {entry.urgency.name.lower()}", without(urgency=None)
        for line in entry.advice:
            left = tuple(each for each in entry.advice if each is not line)
            yield f"{whom}: {line.name}", without(advice=left)
        for need in entry.needs:
            wanted = tuple(each for each in entry.needs if each is not need)
            yield f"{whom}: {need.need}", without(needs=wanted)


def for_whom(entry: Always) -> str:
    """The facts of a condition, with the value where there is only one."""
    return " ".join(
        f"{fact}={next(iter(values))}" if len(values) == 1 and fact != "age" else fact
        for fact, values in sorted(entry.when.tests)
    )


def test_every_part_of_always_is_looked_at(shipped: Library) -> None:
    names = [name for name, _ in parts_of(shipped)]
    assert sorted(names) == sorted([*CAUGHT_BY, *KEPT_WITHOUT])


@pytest.mark.parametrize("part", CAUGHT_BY)
def test_a_part_of_always_is_missed_when_it_is_gone(part: str, shipped: Library) -> None:
    must_break(dict(parts_of(shipped))[part], CAUGHT_BY[part])


@pytest.mark.parametrize("part", KEPT_WITHOUT)
def test_what_the_endings_have_too_is_not_lost(part: str, shipped: Library) -> None:
    library = with_only(dict(parts_of(shipped))[part], KEPT_WITHOUT[part])
    [(_, verdict)] = Proofs(library).verdicts()
    assert verdict.state is State.PROVED


def test_an_entry_of_always_is_missed_as_a_whole(shipped: Library) -> None:
    """With an entry go all its parts, and one of them is missed. That each is for somebody else is
    why none of them can stand in for another."""
    for entry in shipped.always:
        less = replace(shipped, always=tuple(each for each in shipped.always if each is not entry))
        whom = for_whom(entry)
        name = next(rule for part, rule in CAUGHT_BY.items() if part.startswith(f"{whom}: "))
        must_break(less, name)


def test_the_command_refuses_a_library_without_a_line_that_a_rule_rests_on(
    doctored: Doctored, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doctored(BROKEN_BY["not-sure-of-safety-rings-all-the-same"])
    assert main(["check", "--trees", str(tmp_path), "--now", "2026-11-24"]) == 1
    said = capsys.readouterr().out
    assert "error FP310 the rule “not-sure-of-safety-rings-all-the-same” is broken" in said
    assert "--given teller=" in said
