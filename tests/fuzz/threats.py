"""What could go wrong, the figure that is held to, and the test that holds it."""

from __future__ import annotations

from typing import NamedTuple


class Threat(NamedTuple):
    """``test`` is a file of tests and, after two colons, one of its functions."""

    what: str
    figure: str
    test: str

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]

    @property
    def function(self) -> str:
        return self.test.partition("::")[2]


def _threats(folder: str, *rows: tuple[str, str, str]) -> tuple[Threat, ...]:
    return tuple(Threat(what, figure, f"tests/{folder}/test_{test}") for what, figure, test in rows)


THREATS = (
    *_threats(
        "reading",
        (
            "A device, such as /dev/zero, where a file should be",
            "not read",
            "loader.py::test_a_device_is_not_read",
        ),
        (
            "A link that leads to itself",
            "one sentence",
            "loader.py::test_a_link_that_leads_to_itself",
        ),
        (
            "Bombs of aliases and merges, cycles, 100,000 brackets, 64 MB in one text",
            "29 files of up to 64 MB, each refused or read, in 200 MiB for all",
            "yaml_reader.py::test_no_attack_hangs_or_takes_more_than_200_mib",
        ),
        (
            "Bytes that are no text",
            "no bytes raise",
            "yaml_reader.py::test_no_bytes_raise",
        ),
        (
            "Nesting without end",
            "40 deep is read, 41 is not",
            "yaml_reader.py::test_forty_deep_is_read_and_forty_one_is_not",
        ),
        (
            "A key written twice, of which the second would win in silence",
            "an error that names both lines",
            "yaml_reader.py::test_a_key_written_twice_names_both_places",
        ),
        (
            "`no`, `017`, `22:22`, `0800 1111` taken for something else",
            "every value is the text on the page",
            "yaml_reader.py::test_a_value_is_the_very_text_on_the_page",
        ),
        (
            "Invisible, control and direction characters in a tree",
            "each an error wherever it is typed",
            "yaml_reader.py::test_a_refused_character_is_an_error_wherever_it_is_typed",
        ),
        (
            "Tags, anchors, directives and whatever else YAML can do",
            "a mistake, and nothing is run",
            "yaml_reader.py::test_what_yaml_can_do_and_trees_need_not",
        ),
        (
            "A library of 60,000 trees, or of 72 MB",
            "500 trees, 2,000 files, 2,000 routes, 20,000 cases and 16 MB, and else one sentence",
            "limits.py::test_what_is_too_much_is_refused_in_a_sentence",
        ),
        (
            "A check that does not end",
            "a library of small trees at the limits in 60 s and 500 MiB",
            "limits.py::test_a_library_of_small_trees_at_the_limits_is_checked_in_a_minute",
        ),
        (
            "A check that does not end, of trees as large as the shipped ones",
            "16 MB of them end in 60 s and 500 MiB, and what is not decided is said",
            "limits.py::test_a_check_of_trees_as_large_as_ours_ends_at_the_limit",
        ),
        (
            "A library with a mistake that crashes a command",
            "more than 300 broken libraries with 29 commands, none of which crashes",
            "broken_libraries.py::test_no_command_crashes_on_a_broken_library",
        ),
        (
            "A screen of mistakes before the help",
            "999 first, and less than 24 rows",
            "limits.py::test_a_walk_shows_a_screenful_of_mistakes",
        ),
    ),
    *_threats(
        "proof",
        (
            "Proofs that together take too long",
            "with any part of their budget none says what is not so",
            "work.py::test_with_any_budget_a_verdict_is_the_true_one_or_none",
        ),
    ),
    *_threats(
        "terminal",
        (
            "A window of 1 by 1, or of 200 by 50",
            "drawn anew each time",
            "pty.py::test_a_window_that_changes_is_drawn_anew",
        ),
        (
            "Ctrl-Z and back in a shell",
            "what was asked is not on the screen meanwhile",
            "pty.py::test_put_aside_and_brought_back",
        ),
        (
            "No HOME, HOME a file, a bad TZ, an unknown TERM, 13 of them",
            "no number is lost",
            "pty.py::test_odd_surroundings_lose_no_number",
        ),
        (
            "Text of an author that acts on the terminal",
            "none of it, on any screen",
            "hostile.py::test_nothing_that_an_author_writes_can_act",
        ),
        (
            "A signal (TERM, HUP, QUIT, INT) in a walk",
            "settings and screen as they were",
            "pty.py::test_a_signal_puts_the_terminal_right",
        ),
        (
            "A window that is closed",
            "the program ends",
            "pty.py::test_a_window_that_is_closed_ends_the_program",
        ),
        (
            "Somebody looks at the screen after x",
            "nothing of before is left",
            "pty.py::test_after_x_nothing_of_before_is_left",
        ),
        (
            "Pastes, arrows and held keys taken for answers",
            "a paste of more than 8 letters is no answer",
            "keyboard.py::test_a_paste_is_no_answer",
        ),
        (
            "A full disk behind the output",
            "said, and never exit 0",
            "surroundings.py::test_a_full_disk_is_told_of",
        ),
        (
            "A closed pipe",
            "never exit 0",
            "surroundings.py::test_a_closed_pipe_is_no_success_and_no_news",
        ),
        (
            "Six open files at most",
            "a walk all the same",
            "surroundings.py::test_six_files_at_a_time_are_enough",
        ),
        (
            "Letters that the terminal lacks",
            "no number and no service is lost",
            "surroundings.py::test_other_letters_lose_no_number_and_no_route",
        ),
        (
            "A walk that leaves a trace",
            "no file, no socket, no program",
            "traces.py::test_a_walk_of_a_shipped_tree_leaves_nothing",
        ),
        (
            "A dump of memory after a crash",
            "core dumps are off",
            "traces.py::test_no_core_dump_can_be_written",
        ),
    ),
    *_threats(
        "cli",
        (
            "Two who write one file at once",
            "whole at every moment",
            "files.py::test_of_many_who_replace_a_file_all_succeed_and_it_is_whole_at_every_moment",
        ),
        (
            "A file half written: KILL, TERM and INT at 25 moments or more",
            "old and whole or new and whole",
            "files_interrupted.py::test_a_file_is_old_and_whole_or_new_and_whole",
        ),
        (
            "A disk that fills while a file is written",
            "the old file stays, and one sentence",
            "files.py::test_a_disk_that_is_full_after_a_few_bytes",
        ),
        (
            "A link put in the way of a file",
            "not followed",
            "files.py::test_a_link_that_appears_at_the_last_moment_is_not_followed",
        ),
    ),
    *_threats(
        "commands",
        (
            "A crash that shows what was answered",
            "999 first, and no value",
            "main.py::test_a_bug_says_where_to_turn_and_nothing_that_was_answered",
        ),
        (
            "A name that the font of the PDF lacks",
            "refused before anything is asked",
            "rehearse.py::test_a_name_that_no_pdf_can_show_is_refused_before_anything_is_asked",
        ),
        (
            "The name of a file that acts on the terminal",
            "printed as text",
            "names_of_files.py::test_the_name_of_a_file_is_printed_as_text",
        ),
        (
            "A link in a library to a file of the system",
            "no line of it is shown",
            "names_of_files.py::test_no_line_of_a_file_outside_is_shown",
        ),
        (
            "A signal while the codes to scan are loaded",
            "held back until they are",
            "interruptions.py::test_no_signal_arrives_while_the_drawer_of_codes_is_loaded",
        ),
        (
            "Ctrl-C before the first word",
            "nothing printed",
            "interruptions.py::test_ctrl_c_before_the_first_word_prints_nothing",
        ),
        (
            "A signal while two versions are compared",
            "no folder is left",
            "interruptions.py::test_an_ended_diff_leaves_no_folder",
        ),
        (
            "A line of 500 MB typed",
            "little of it is kept",
            "interruptions.py::test_of_an_endless_line_little_is_kept",
        ),
        (
            "A crash by endless recursion",
            "999 first, and less than 24 rows",
            "interruptions.py::test_a_crash_without_end_is_told_of_on_one_screen",
        ),
        (
            "A leaflet that somebody has edited, written over",
            "left as it is",
            "writing.py::test_a_folder_that_holds_anything_is_refused_before_the_work",
        ),
    ),
    *_threats(
        "diff",
        (
            "Names such as `con.yaml` or `a:b.yaml` in a tree of git",
            "refused",
            "git.py::test_names_that_cannot_be_a_file_everywhere",
        ),
        (
            "A tree of git with an entry such as `/x.yaml`",
            "nothing outside the folder",
            "git.py::test_nothing_is_laid_out_outside_whatever_git_calls_it",
        ),
        (
            "Filters, hooks and pagers of a repository",
            "none is run",
            "git.py::test_nothing_that_a_repository_names_is_run",
        ),
        (
            "A tree of git with millions of entries",
            "refused before it is listed",
            "git.py::test_a_folder_of_too_many_files_is_refused_before_it_is_listed",
        ),
    ),
    *_threats(
        "sheets",
        (
            "A PDF that tells who made it, where and when",
            "the same bytes everywhere",
            "pdf.py::test_the_same_paper_is_the_same_bytes_whoever_makes_it_and_wherever",
        ),
        (
            "Markup in a sentence, as HTML",
            "the elements are those of harmless words",
            "html.py::test_no_text_becomes_markup",
        ),
        (
            "Markup in a sentence, as Markdown",
            "the elements are those of harmless words",
            "markdown.py::test_a_hostile_text_is_only_words",
        ),
        (
            "A template that reads a file, in a PDF",
            "printed as it was typed",
            "pdf.py::test_what_looks_like_markup_is_printed_as_it_was_typed",
        ),
        (
            "`https://childline.org.uk@evil`, javascript: and other links",
            "printed, and never a link",
            "links.py::test_no_format_links_to_anything_else",
        ),
        (
            "A page that asks the network for something",
            "no request",
            "browser.py::test_it_asks_for_nothing_and_does_nothing",
        ),
    ),
    *_threats(
        "web/browser",
        (
            "Markup and script in a sentence, in the page for a browser",
            "text on every screen",
            "leaving.py::test_what_an_author_writes_is_text_on_every_screen",
        ),
        (
            "A script put into the page for a browser, or one that fetches",
            "refused by the page's own policy",
            "leaving.py::test_the_policy_lets_no_other_script_run_and_nothing_be_fetched",
        ),
        (
            "Somebody looks at the browser after leaving: document, history, storage, title",
            "nothing of before is left",
            "leaving.py::test_nothing_is_left_in_the_document_the_history_the_title_or_the_storage",
        ),
        (
            "Somebody searches the folder in which the browser keeps everything",
            "no word of the walk",
            "leaving.py::test_no_word_of_a_walk_is_in_the_profile",
        ),
        (
            "A browser too old for the page, or without script",
            "whom to ring",
            "leaving.py::test_where_it_cannot_run_it_says_whom_to_ring",
        ),
    ),
)
