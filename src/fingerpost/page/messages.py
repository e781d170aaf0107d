"""Interface words: every text of the walk, the page and the sheet that no tree holds, by key.

A second language is another mapping with the same keys, which ``catalogue`` would choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plural: TypeAlias = Mapping[str, str]
"""A text for each plural category of CLDR that the language has, by the value ``count``."""

ENGLISH: Mapping[str, str | Plural] = {
    "list.and": "{words} and {last}",
    # The first screen.
    "danger.refusal": "In danger now: 999. Childline: 0800 1111.",
    "opening.title": "What should I do?",
    "opening.danger": "In danger now? Ring 999. Press ! on any screen for other ways.",
    "opening.danger-plain": "In danger now? Ring 999. Type ! on any screen for other ways.",
    "opening.who-speaks": "fingerpost helps you find what to do next. It is not the police, "
    "Childline or any service. It is not legal advice.",
    "opening.nothing-kept": "Nothing that you answer is saved or sent anywhere.",
    "opening.press-x": "Press x",
    "opening.type-x": "Type x and press Enter",
    "opening.kept": "the list of commands",
    "opening.kept-plain": "the lists of commands and of typed lines",
    "opening.leaving": "{how} at any time to leave at once. It clears this screen and what was "
    "above it. It cannot clear {kept} that this computer keeps. Nor can it clear anything you "
    "saved, or a photo or film of the screen.",
    "opening.close-window": "{how} at any time to leave. This window cannot be cleared from here, "
    "so close this window when you leave.",
    "opening.local-left-out": "Your organisation's own details are left out, because something in "
    "their file is wrong. To see what, run: fingerpost local",
    "opening.tree-left-out": "Something is left out here, because its file has a mistake. "
    "To see which, run: fingerpost check",
    "code.opened": "The code has been read. Its answers are used again, and what is always asked "
    "is asked again.",
    "code.changed": "The questions have changed since this code was made. What it still tells is "
    "used, and the rest is asked again.",
    # Menus and questions.
    "menu.what-happened": "What has happened?",
    "menu.change": "Which answer do you want to change?",
    "menu.address": "Which address or number?",
    "menu.nothing-to-change": "There is no answer to change yet.",
    "find.nothing": "Nothing here has those letters.",
    "find.no-tree": "We did not find that here. That does not mean that you are alone with it. "
    "You can talk to Childline about anything: 0800 1111. {next}",
    "find.this-one": "Or choose this one:",
    "find.from-list": "Or choose from the list.",
    "question.place": "question {asked}",
    "question.place-of": "question {asked}, usually {low}",
    "question.place-of-two": "question {asked}, usually {low} or {high}",
    "question.place-of-range": "question {asked}, usually {low} to {high}",
    "question.worker": "Worker: ",
    "why.heading": "Why we ask",
    "why.default": "So that the help fits you.",
    "note.heading": "For the worker. Do not read this aloud.",
    "note.none": "There is no note for this question.",
    "words.heading": "What the words mean",
    "words.none": "There are no hard words here.",
    # In danger, and the last screen.
    "danger.title": "In danger now",
    "danger.ring": "Ring 999. Get to where other people are.",
    "danger.cannot-speak": "Can't speak? On a mobile, ring 999 and press 55 when you are asked to. "
    "Stay on.",
    "goodbye.title": "It's fine to stop here.",
    "goodbye.well-done": "You did well to look for help. You can come back at any time.",
    "goodbye.danger": "In danger, ring 999.",
    # Saving a sheet.
    "save.title": "Could someone find this who should not?",
    "save.holds": "A sheet holds the advice, and a code from which the answers can be read.",
    "save.stays": "It stays until somebody deletes it.",
    "save.where": "  Where: ",
    "save.print": "Save a sheet to print",
    "save.print-about": "{name}.html. A browser opens and prints it.",
    "save.large": "Save it in large print",
    "save.large-about": "{name}.html, in letters of 18 pt.",
    "save.discreet": "Save a discreet sheet",
    "save.discreet-about": "{name}.html. {discreet}",
    "save.discreet-holds": "Numbers to ring, and nothing that says what it is about.",
    "save.other": "Save a {format}",
    "save.other-about": "{name}.{suffix}, with the same on it.",
    "save.nothing": "Do not save anything",
    "save.it": "Save it",
    "save.discreet-one": "Save a discreet one",
    "save.later": "Go on to the rest, and save a sheet of that.",
    "qr.too-small": "Make the window larger to see the code, or type the address.",
    # The drawn screen. The names of keys stand behind their letters.
    "key.BACK": "back",
    "key.CHANGE": "change answer",
    "key.WHY": "why we ask",
    "key.WORDS": "hard words",
    "key.NOTE": "worker's note",
    "key.MORE": "more help",
    "key.CODE": "QR code",
    "key.PRINT": "print or save",
    "key.AGAIN": "start again",
    "key.STOP": "stop",
    "key.LEAVE": "leave at once",
    "key.DANGER": "danger now",
    "screen.goes-on": "Any key goes on.",
    "screen.goes-back": "Any key goes back.",
    "screen.closes": "Any key closes this.",
    "screen.number": "Number",
    "screen.number-first": "Choose a number first.",
    "screen.no-number": "There is no number {number} here.",
    "screen.find": "Find: {typed}",
    "screen.find-one": "Letters find. Enter takes this one.",
    "screen.find-several": "Letters find. Enter goes to the numbers.",
    "screen.ctrl-c": "Ctrl-C leaves at once",
    "screen.chosen": "Chosen: {words}",
    "screen.chosen-more": {"other": "{words} and {count} more"},
    "screen.page": "page {page} of {last}",
    "screen.space": "Space",
    "screen.b": "b",
    "screen.space-more": "Space for more",
    "screen.space-first": "Space for page 1",
    "screen.back-page": "b for the page before",
    "screen.how.one": "A number chooses.",
    "screen.how.one-own-words": "A number chooses, / finds by your own words.",
    "screen.how.one-of-many": "Number and Enter choose.",
    "screen.how.one-of-many-find": "Number and Enter choose, / finds.",
    "screen.how.one-of-many-own-words": "Number and Enter choose, / finds by your own words.",
    "screen.how.several": "Numbers choose, Enter goes on.",
    "screen.how.several-of-many": "Number and Enter for each, Enter alone goes on.",
    "screen.how.several-of-many-find": "Number and Enter for each, Enter alone goes on, / finds.",
    "screen.only-some": "{how} Only some are shown: / then Enter shows all.",
    # Line by line.
    "plain.key.BACK": "b back",
    "plain.key.CHANGE": "c change an answer",
    "plain.key.WHY": "w why we ask",
    "plain.key.WORDS": "g hard words",
    "plain.key.NOTE": "n worker's note",
    "plain.key.MORE": "m more who can help",
    "plain.key.CODE": "r address to copy",
    "plain.key.PRINT": "p print or save a sheet",
    "plain.key.AGAIN": "s start again",
    "plain.key.DANGER": "! danger now",
    "plain.key.LEAVE": "x leave at once",
    "plain.key.STOP": "q stop",
    "plain.own-words": "say what has happened in your own words",
    "plain.menu": "Number (or {keys}): ",
    "plain.number": {"other": "Please type a number from 1 to {count}."},
    "plain.numbers": {"other": "Please type one or more numbers from 1 to {count}."},
    "plain.alone": "{numbers} can only be chosen alone.",
    "plain.note": "(worker's note: type n)",
    "plain.ask": "Number (? for the keys, ! danger now, x leave): ",
    "plain.ask-several": "Numbers, such as 1 3 (? for the keys, ! danger now, x leave): ",
    "plain.what-next": "What next (! danger now, x leave): ",
    "plain.again": "? this page again",
    "plain.can-type": "You can type: {keys}.",
    "plain.one-of": "Please type one of these: {keys}.",
    "plain.keys": "A number answers. Or type: {keys}.",
    "plain.keys-find": "A number answers, / and some letters to find an answer. Or type: {keys}.",
    # A page.
    "urgency.NOW": "GET HELP NOW",
    "urgency.TODAY": "GET HELP TODAY",
    "urgency.SOON": "GET HELP SOON",
    "urgency.INFO": "GOOD TO KNOW",
    "channel.phone": "Phone",
    "channel.text": "Text",
    "channel.chat": "Chat",
    "channel.email": "Email",
    "channel.web": "Web",
    "channel.bsl": "Sign language",
    "detail.who": "For",
    "detail.cost": "Cost",
    "detail.expect": "What happens",
    "detail.private": "Private",
    "detail.limits": "Good to know",
    "detail.languages": "Languages",
    "page.what-to-do": "What to do now",
    "page.good-to-know": "Good to know",
    "page.if-worse": "If it gets worse",
    "page.for-worker": "For the worker",
    "page.origins": "Where this comes from",
    "page.danger": "In danger now? Ring {number}.",
    "page.check-first": "check before you rely on it",
    "page.steps-change": "Apps change their menus. Check these steps before you rely on them.",
    "page.from-nobody": "This is not from the police, Childline or any service. "
    "It is not legal advice.",
    "page.lifeline": "Talk to someone",
    "page.lifeline-them": "Someone they can talk to",
    "page.local": "{title} (from your organisation)",
    "page.not-reviewed": "No safeguarding professional has approved these words yet.",
    "page.reviewed": "Read and approved by {by} on {on}.",
    "page.overdue": "This was due for checking by {day}. It is overdue.",
    "page.seen": "Source seen: {day}.",
    "page.more": {"other": "{count} more for this: m shows them."},
    "page.code": "Sheet code",
    "page.code-holds": "It opens this page again. It holds no name, but whoever has fingerpost can "
    "read the answers from it.",
    # Opening hours. Days count from Monday, which is 0.
    "hours.check": "check before you call",
    "hours.open": "open now",
    "hours.open-until": "open now, until {time}",
    "hours.shut": "shut now, {check}",
    "hours.opens": "opens {when}",
    "hours.opens-latest": "opens {when} at the latest",
    "hours.time-tomorrow": "{time} tomorrow",
    "hours.time-on": "{time} on {day}",
    "hours.midnight-today": "at midnight tonight",
    "hours.midnight-tomorrow": "at midnight tomorrow night",
    "hours.midnight-on": "at midnight on {day} night",
    "hours.midnight-date": "at midnight on the night of {date}",
    "hours.at-today": "at {time} today",
    "hours.at-tomorrow": "at {time} tomorrow",
    "hours.at-on": "at {time} on {day}",
    "hours.at-date": "{date} at {time}",
    "hours.always": "any time, day or night",
    "hours.every-day": "every day",
    "hours.all-day": "all day and all night",
    "hours.range": "{first} to {last}",
    "hours.bank-holidays": "bank holidays",
    "hours.and-bank-holidays": "{days} and bank holidays",
    "hours.closed-bank-holidays": "closed on bank holidays",
    "hours.closed": "closed",
    "time.midnight": "midnight",
    "time.midday": "midday",
    "time.am": "{hour}am",
    "time.pm": "{hour}pm",
    "date.long": "{weekday} {day} {month}",
    "day.0": "Monday",
    "day.1": "Tuesday",
    "day.2": "Wednesday",
    "day.3": "Thursday",
    "day.4": "Friday",
    "day.5": "Saturday",
    "day.6": "Sunday",
    "month.1": "January",
    "month.2": "February",
    "month.3": "March",
    "month.4": "April",
    "month.5": "May",
    "month.6": "June",
    "month.7": "July",
    "month.8": "August",
    "month.9": "September",
    "month.10": "October",
    "month.11": "November",
    "month.12": "December",
    # A sheet.
    "sheet.who-i-told": "Who I told, and when",
    "sheet.code-holds": "It opens these answers again in fingerpost, for anyone who has it. "
    "It holds no name. Keep it as you keep a record.",
    "sheet.for.young-person": "For a young person to keep.",
    "sheet.for.parent": "For a parent or carer to keep.",
    "sheet.for.staff": "For the worker. Not to be given to a young person.",
    "sheet.danger": "In danger now? Ring 999.",
    "sheet.channel-too": "{channel} too",
    "sheet.sources": "Sources: {sources}.",
    "sheet.seen": "Numbers and links as their sources gave them: {sources}.",
    "sheet.who-to-ring": "Who to ring",
    "sheet.someone": "Someone who can help",
    "sheet.emergency": "In an emergency, ring 999.",
    "sheet.code-discreet": "Code",
    "sheet.keep-code": "Keep this code as you keep a record.",
    "sheet.not-law": "This is not legal advice.",
    "sheet.numbers-seen": "Numbers as their sources gave them: {sources}.",
    "sheet.to-scan": "Code to scan: {text}",
    # The index of many sheets.
    "index.title": "Sheets to print",
    "index.how-to-find": "Look for what has happened, then for the ending, then for whom the sheet "
    "is. The Find of your browser searches it all.",
    "index.answers": "A sheet is right only for those of whom the answers above it are true. "
    "For anyone else, walk: fingerpost walk.",
    "index.audience": "Each sheet is printed for {reader}, whoever it speaks to.",
    "index.reader.young-person": "a young person",
    "index.reader.parent": "a parent or carer",
    "index.reader.staff": "a worker",
    "index.fact.teller": "For",
    "index.fact.age": "Age",
    "index.fact.nation": "Nation",
    "index.situation": "Situation {number}",
    "index.for-whom": "For whom",
    "index.not-said": "not said here",
    "index.also": "Also:",
    "index.anyone": "For anyone.",
    "index.not-asked": "Not asked",
    "index.not-known": "Not known",
    "index.sheets": "Sheets",
    # How to report something in an app.
    "app.kicker": "How to report it in the app",
    "app.see": "How to report it in the app: see the sheet for the app.",
    "app.seen": "Steps and links as their source gave them: {source}.",
}


def catalogue() -> Mapping[str, str | Plural]:
    """The messages of the language in use. There is one so far."""
    return ENGLISH


def say(key: str, /, *, count: int | None = None, **values: object) -> str:
    """The text of a key, with its values filled in; ``count`` chooses among plural forms.

    Raises KeyError for a key that the catalogue lacks.
    """
    text = catalogue()[key]
    if not isinstance(text, str):
        text = text["one" if count == 1 and "one" in text else "other"]
    return text.format(count=count, **values)


def listed(words: Sequence[str]) -> str:
    """Words as an enumeration: "a, b and c"; empty for none."""
    if len(words) < 2:
        return "".join(words)
    *most, last = words
    return say("list.and", words=", ".join(most), last=last)
