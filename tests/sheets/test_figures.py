"""Pictures, boxes to tick and inner headings, in every format."""

from __future__ import annotations

from fingerpost.page.text_layout import text as written
from fingerpost.sheets.document import Document, Figure, Heading, Paragraph, Tick
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import document_blocks, text

from .test_pdf import faults

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" font-size="9">'
    '<text x="2" y="12">One</text></svg>'
)
PAPER = Document(
    title="A book",
    blocks=(
        Heading("Outer"),
        Heading("Inner", inner=True),
        Figure(SVG, 40, 20, "What <it> shows", ("One way", "Another *way*")),
        Tick("k3f-9qa", "I have <read> this."),
        Paragraph("The end."),
    ),
)


def test_html_has_the_picture_with_its_words_and_a_box() -> None:
    found = html(PAPER)
    assert "<h2>Outer</h2>" in found
    assert "<h3>Inner</h3>" in found
    assert '<figure>\n<svg role="img" aria-label="What &lt;it&gt; shows" xmlns=' in found
    assert "<b>k3f-9qa</b> I have &lt;read&gt; this.</p>" in found


def test_markdown_has_what_the_picture_shows_in_words() -> None:
    found = markdown(PAPER)
    assert "## Outer\n\n### Inner\n" in found
    assert "What \\<it\\> shows\n\n- One way\n- Another \\*way\\*\n" in found
    assert "\\[ \\] **k3f-9qa** I have \\<read\\> this. ......" in found
    assert "svg" not in found


def test_text_has_it_too() -> None:
    found = text(PAPER)
    assert "Outer\n-----\n\nInner\n.....\n" in found
    assert "What <it> shows\n  - One way\n  - Another *way*\n" in found
    assert "[ ] k3f-9qa I have <read> this.\n......" in found


def test_a_terminal_has_no_box_to_tick() -> None:
    found = written(document_blocks(PAPER), 80)
    assert "What <it> shows" in found
    assert "  - One way" in found
    assert "k3f-9qa" not in found


def test_a_pdf_of_it_is_accessible() -> None:
    """It has a figure with its words, and levels of headings without a gap."""
    made = PdfRenderer().print(PAPER)
    assert faults(made) == []
