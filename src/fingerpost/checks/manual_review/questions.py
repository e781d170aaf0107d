"""What no date shows and only a person can judge, as questions to somebody who can answer them.

They are kept by hand. Each names what it is about, so that a library which has none of it is not
asked about it; one without such names is about the program.
"""

from __future__ import annotations

from ...model.base import Frozen
from ...model.library import Library


class Question(Frozen):
    """A question to a kind of person.

    ``known`` is all that we know of the answer, and how we know it. ``about`` has the names of
    trees, routes and lines of shared advice.
    """

    to: str
    ask: str
    known: str
    about: tuple[str, ...] = ()

    def concerns(self, library: Library) -> bool:
        """Whether a library has any of what this is about."""
        names = library.trees.keys() | library.routes.keys() | library.advice.keys()
        return not self.about or not names.isdisjoint(self.about)


QUESTIONS = (
    # People's safety
    Question(
        to="A safeguarding lead for domestic abuse",
        ask="Could any word of the list in discretion.py tell whoever finds a discreet sheet what "
        "it is about?",
        known="A discreet sheet may say nothing else. We chose the words; nobody who knows what a "
        "watched home is like has read them.",
    ),
    Question(
        to="A safeguarding lead",
        ask="Is a sheet still enough without what decision 0008 leaves out?",
        known="On a sheet, what it costs and what stays private is told of the first helpline "
        "only, and what happens on a call is not told. A sheet for staff tells it of the first "
        "service of each need.",
    ),
    Question(
        to="A police officer who works on sexual abuse of children online",
        ask="Is it right that a family stops using the phone or computer and keeps it somewhere "
        "safe, and until when?",
        known="One older page of one police force says so. Our page also says to let the child "
        "use another phone to talk to someone.",
        about=("keep-the-phone-safe",),
    ),
    Question(
        to="CEOP",
        ask="Should someone under 18 who was seen by a stranger on a live or video chat report it "
        "to you, also when nobody knows if it was filmed?",
        known="Your pages, not dated, name talk about sex, asking for nudes or to meet, and "
        "threats to share a picture. That live chat is for you too we know from practice.",
        about=("talking-to-someone", "saw-something"),
    ),
    Question(
        to="A bank's fraud team, or a police officer who works with money mules",
        ask="Is it right to tell someone whose account was used to leave the money where it is, "
        "and not to spend it, send it on or send it back?",
        known="That the bank is told we know from practice. No page that we saw says the rest.",
        about=("leave-the-money",),
    ),
    # The law
    Question(
        to="A lawyer in Scotland",
        ask="Is it true in Scotland that there may be a crime in sending someone a sexual picture "
        "that they did not ask for?",
        known="A plan of the Scottish Government of 2017 names the Sexual Offences (Scotland) Act "
        "2009. England and Wales have had an offence of its own for it since January 2024, and "
        "Northern Ireland since November 2023.",
        about=("sent-a-picture",),
    ),
    Question(
        to="A lawyer in England or Wales, and one in Northern Ireland",
        ask="Is it still true, as these pages say, that encouraging or helping someone to "
        "seriously hurt themselves is a crime?",
        known="Section 184 of the Online Safety Act 2023 has been in force since January 2024. "
        "The Crime and Policing Act 2026 brings a wider offence that may take its place. We do "
        "not know if that has begun.",
        about=("not-coping", "saw-something", "extremism"),
    ),
    Question(
        to="A lawyer in Scotland",
        ask="What does the law in Scotland say of encouraging someone to hurt themselves, and is "
        "it right that pages for Scotland say nothing of it?",
        known="It seems that section 184 holds in Scotland too, and we are not sure. So nothing "
        "is said of it there but that nobody needs to know the law to ask the police for help.",
        about=("not-coping", "saw-something", "extremism"),
    ),
    Question(
        to="A lawyer in England or Wales, and one in each other nation",
        ask="Is it right to say that the law on domestic abuse begins at 16 in England and Wales, "
        "and what holds in Scotland and in Northern Ireland?",
        known="A page of Internet Matters of February 2025 says so of England and Wales. Of the "
        "others the page says nothing.",
        about=("controlling-partner",),
    ),
    Question(
        to="A police officer for hate crime, one in each nation",
        ask="Do the lines on hate crime name the right groups for your nation, and which are they "
        "in Northern Ireland?",
        known="England and Wales: race, religion, disability, sexual orientation, transgender "
        "identity. Scotland, since April 2024: also age, and variations in sex characteristics. "
        "Of Northern Ireland no page that we saw says it, so nothing is said there.",
        about=("hate-crime-england-wales", "hate-crime-scotland"),
    ),
    Question(
        to="A safeguarding lead in England",
        ask="Has the duty on adults who work with children to report child sexual abuse begun, "
        "and what must the pages for workers then say?",
        known="It is in the Crime and Policing Act 2026. We found no day on which it begins, and "
        "no tree speaks of it.",
        about=("staff-disclosure",),
    ),
    # Those who are named
    Question(
        to="A LADO, or a safeguarding lead in England",
        ask="Is it within one working day that the LADO must be told, and may a worker ring when "
        "nobody else does?",
        known="Council pages, not dated, say one working day. The National Youth Agency says 24 "
        "hours.",
        about=("staff-disclosure", "lado"),
    ),
    Question(
        to="A Prevent lead, and a young person",
        ask="Is it right to say of Prevent that it is a choice and gives nobody a criminal "
        "record, and does it sound like help?",
        known="We know it from practice, and the line names no source. It is shown in England and "
        "Wales only.",
        about=("support-not-trouble",),
    ),
    Question(
        to="The Lucy Faithfull Foundation, which runs Shore and Stop It Now",
        ask="Whom does each line serve, from what age and until when, at which hours, and what is "
        "the address of Shore?",
        known="Shore: news pages of 2023 say 13 to 18, and we show it from 13 to 17. No page that "
        "we saw gives its address, so the link leads to you. Stop It Now: older pages give the "
        "hours, and your newest that we saw does not.",
        about=("shore", "stop-it-now"),
    ),
    Question(
        to="Galop",
        ask="Do you answer someone under 18, and from what age?",
        known="No page that we saw names a lowest age, so it is shown to people of all ages.",
        about=("galop",),
    ),
    # Practice without a source
    Question(
        to="A social worker for children who are exploited",
        ask="Would you say each line of “exploited” to a young person, a parent and a worker?",
        known="Of its own lines only the one that names exploitation has a source. The others are "
        "practice.",
        about=("exploited",),
    ),
    Question(
        to="A worker for young people in abusive relationships",
        ask="Would you say each line of “controlling-partner”, and in this order?",
        known="Of its own lines only the one on the law has a source. That it can be dangerous to "
        "stop the tracking we know second-hand.",
        about=("controlling-partner",),
    ),
    Question(
        to="A safeguarding lead",
        ask="Is what “worried-about-a-friend” asks of a child never too much for a child?",
        known="Of its own lines only one has a source, on asking about suicide. The others are "
        "practice.",
        about=("worried-about-a-friend",),
    ),
    Question(
        to="A nurse or helpline for eating disorders",
        ask="Is the page on food and the body in “not-coping” right, and does it harm nobody who "
        "reads it when they are ill?",
        known="Of its own lines none has a source, and no service on it is for eating alone.",
        about=("not-coping",),
    ),
)
"""In this order they are printed."""
