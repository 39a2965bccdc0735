"""Reports as PDF, read back with PDFium: what stands in them, where they lead, what they say they are."""

import io
import re
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from qda.coding.quoting import quoted
from qda.reports import pdf_links
from qda.reports.model import Column, Figure, Quote, Report, Section, Table, cell, paragraph, reference, walk
from qda.reports.pages.hyphens import hyphened
from qda.reports.pages.paging import all_pages
from qda.reports.registry import build_report, render_bytes, reports
from qda.reports.render_pdf import render
from qda.reports.text import clean
from qda.reports.watching import CancelledError, watched

from .samples import HOSTILE, png, sample

SHAPES = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
    b'<rect x="10" y="10" width="80" height="30" fill="#24588A"/></svg>'
)


def opened(data):
    return pypdfium2.PdfDocument(io.BytesIO(data))


def texts(data):
    document = opened(data)
    return [page.get_textpage().get_text_range() for page in document]


def bare(text):
    """Letters without spaces, line ends, and the mark that PDFium sets for a hyphen at a line's end."""
    return re.sub(r"\s", "", text.replace("\ufffe", "-").replace("\x02", "-"))


@pytest.fixture(scope="module")
def printed(qapp):
    return render(sample())


def test_the_pages_are_those_of_the_preview(printed):
    document, pages = opened(printed), all_pages(sample())
    assert len(document) == len(pages)
    turned = [page.get_width() > page.get_height() for page in document]
    assert turned == [pages.size(n).width() > pages.size(n).height() for n in range(len(pages))]
    assert True in turned
    assert (round(document[0].get_width()), round(document[0].get_height())) == (595, 842)


def test_the_outline_holds_the_numbered_sections_and_leads_to_them(printed):
    document = opened(printed)
    found = [(one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    assert [title for _level, title, _page in found] == [
        "1 Categories",
        "1.1 Netzwerkpflege",
        "1.2 Mittel",
        "1.3 Rückhalt",
        "2 Core",
        "3 End",
    ]
    assert [level for level, _title, _page in found] == [0, 1, 1, 1, 0, 0]
    for _level, title, page in found:
        assert bare(title) in bare(document[page].get_textpage().get_text_range())


def test_lines_of_the_contents_and_references_lead_to_their_places(printed):
    from pypdfium2 import raw

    document = opened(printed)
    wanted = {one.get_title(): one.get_dest().get_index() for one in document.get_toc()}

    def goal(page, left, top):
        link = raw.FPDFLink_GetLinkAtPoint(page, left, top)
        return raw.FPDFDest_GetDestPageIndex(document, raw.FPDFLink_GetDest(document, link)) if link else None

    def at_text(number, words):
        page = document[number]
        text = page.get_textpage()
        place = text.search(words).get_next()
        left, bottom, right, top = text.get_charbox(place[0])
        return goal(page, (left + right) / 2, (bottom + top) / 2)

    assert at_text(1, "Core") == wanted["2 Core"]
    assert at_text(1, "End") == wanted["3 End"]
    start = wanted["1 Categories"]
    assert at_text(start, "Table 1") == at_text(start, "Section 2") == wanted["2 Core"]
    assert at_text(start, "Categories") is None


def test_the_file_says_what_it_is_in_which_language_and_when_it_was_made(printed):
    document = opened(printed)
    said = document.get_metadata_dict()
    assert (said["Title"], said["Author"], said["Creator"]) == ("Netzwerkpflege", "M. Koch", "qda")
    assert said["CreationDate"] == said["ModDate"] == "D:20260314120000Z"
    assert b"/Lang <feff0065006e002d00470042>" in printed
    assert b"<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>" in printed
    assert b"<rdf:li>M. Koch</rdf:li>" in printed
    assert b"/DisplayDocTitle true" in printed


def test_the_same_report_gives_the_same_file_and_another_date_another_one(printed):
    assert render(sample()) == printed
    later = replace(sample(), created=datetime(2026, 3, 15, tzinfo=UTC))
    assert render(later) != printed


def test_every_face_is_embedded(printed):
    names = set(re.findall(rb"/BaseFont\s*/(\S+)", printed))
    files = re.findall(rb"/FontFile[23]? \d+ 0 R", printed)
    assert names
    assert len(files) >= len(names)


def test_ligatures_do_not_swallow_letters():
    words = "Netzwerkpflege hofft auf Treffen, die man findet und fflüchtig trifft"
    assert bare(words) in bare("".join(texts(render(Report("T", "de", (paragraph(words),), cover=False)))))


def test_hostile_names_arrive_as_text_and_nothing_acts(hostile_report):
    data = render(hostile_report)
    whole = bare("".join(texts(data)))
    lost = ("🙂", "𝔘")  # PDFium cannot name letters beyond the first plane that Qt embeds
    for name in HOSTILE:
        plain = "".join(letter for letter in clean(name) if letter not in lost)
        for line in plain.splitlines():
            for word in line.split():
                assert bare(word).replace("\u2014", "") in whole or not word.isprintable(), name
    for acting in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile"):
        assert acting not in data
    titles = [one.get_title() for one in opened(data).get_toc()]
    assert "1.9 שלום עולם" in titles
    assert any("🙂 am 𝔘mlaut" in title for title in titles)


def test_a_text_that_runs_to_the_left_begins_at_the_right(qapp):
    data = render(Report("T", "en", (paragraph("שלום עולם"), paragraph("shalom")), cover=False))
    text = opened(data)[0].get_textpage()
    left = {word: text.get_charbox(text.search(word).get_next()[0])[0] for word in ("שלום", "shalom")}
    assert left["שלום"] > 400
    assert left["shalom"] < 100


def test_pictures_are_shapes_where_they_have_any_and_else_their_dots(qapp):
    drawn = Report("T", "en", (Figure("F", "a", png(), SHAPES, 100),), cover=False)
    dotted = Report("T", "en", (Figure("F", "a", png(), b"", 100),), cover=False)

    def kinds(report):
        from pypdfium2 import raw

        page = opened(render(report))[0]
        return {one.type for one in page.get_objects()} & {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH}

    from pypdfium2 import raw

    assert raw.FPDF_PAGEOBJ_IMAGE not in kinds(drawn)
    assert raw.FPDF_PAGEOBJ_PATH in kinds(drawn)
    assert raw.FPDF_PAGEOBJ_IMAGE in kinds(dotted)


def test_whoever_no_longer_wants_it_gets_nothing():
    asked = []

    def watch(done, of):
        asked.append((done, of))
        return done < 2

    with watched(watch), pytest.raises(CancelledError):
        render_bytes(sample(HOSTILE), "pdf")
    assert asked[-1][0] == 2


def test_it_is_made_in_a_thread_like_anywhere_else(printed):
    made = []
    thread = threading.Thread(target=lambda: made.append(render(sample())))
    thread.start()
    thread.join()
    assert texts(made[0]) == texts(printed)


def test_without_a_display_and_without_an_application_it_is_made_too(tmp_path):
    code = (
        "import sys; from qda.reports.model import Report, paragraph; "
        "from qda.reports.render_pdf import render; "
        "data = render(Report('T', 'en', (paragraph('x'),))); "
        "assert 'PySide6.QtWidgets' not in sys.modules; sys.exit(0 if data.startswith(b'%PDF') else 3)"
    )
    import os

    bare_env = {
        k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    assert subprocess.run([sys.executable, "-c", code], env=bare_env, check=False).returncode == 0


def test_a_file_of_unknown_make_stays_as_it_is():
    when = datetime(2026, 1, 1, tzinfo=UTC)
    for odd in (b"", b"%PDF-1.7\nstartxref\n9\n%%EOF\n", b"no pdf at all"):
        assert pdf_links.linked(odd, outline=[], jumps=[], language="en", when=when) == odd


def test_a_table_too_large_for_pages_is_refused():
    from qda.errors import KnownError

    columns = tuple(Column(str(n)) for n in range(300))
    rows = tuple(tuple(cell("x") for _ in columns) for _ in range(300))
    with pytest.raises(KnownError, match="too large"):
        render(Report("T", "en", (Table(columns, rows, heads=1),)))


def test_a_reference_to_what_is_not_there_is_plain_text():
    report = Report("T", "en", (Section("A", (paragraph("See ", reference("gone", "there"), "."),)),))
    assert "See there." in texts(render(report))[-1]


# -- the demo study -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.name for kind in reports() if "pdf" in kind.formats])
def test_every_report_of_the_demo_study_opens_and_holds_its_title(german_demo, kind):
    from qda.errors import UsageError

    try:
        report = build_report(kind, german_demo, {})
    except UsageError:
        pytest.skip("it is for something that must be named")
    told = []
    with watched(lambda _done, of: bool(told.append(of)) or True):
        document = opened(render(report))
    assert len(document) == told[-1]  # the pages of the preview: the same maker has set them
    assert bare(report.title) in bare(document[0].get_textpage().get_text_range())
    image = document[len(document) - 1].render(scale=0.2)
    assert image.width > 100


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_quotation_and_citation_of_the_study_is_found_again(german_demo, language):
    report = build_report("study", german_demo, {"language": language})
    whole = bare("".join(_between_running_lines(text, report) for text in texts(render(report))))
    quotes = [block for block in walk(report.blocks) if isinstance(block, Quote)]
    assert len(quotes) > 100
    for quote in quotes:
        cited = f" ({quote.citation})" if quote.citation else ""
        assert bare(clean(quoted(quote.text, report.language)) + cited) in whole, quote


def _between_running_lines(text, report):
    """A page's text without its header and number, which come between the lines of a broken quotation."""
    lines = text.splitlines()
    running = bare(f"{report.title} · {report.notice}" if report.notice else report.title)
    return "\n".join(line for line in lines if bare(line) != running and not line.strip().isdigit())


# -- narrow columns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Eigenschaft", "Ei-gen-schaft"),
        ("Dimension", "Di-men-sion"),
        ("Verbindlichkeit", "Ver-bind-lich-keit"),
        ("Sichtbarkeit", "Sicht-bar-keit"),
        ("Zucker", "Zu-cker"),
        ("Migranten", "Mi-gran-ten"),
        ("category", "ca-te-gory"),
        ("Deutsch", "Deutsch"),
        ("Kreis", "Kreis"),
        ("12345678", "12345678"),
        ("שלוםעולםשלום", "שלוםעולםשלום"),
    ],
)
def test_a_word_is_broken_where_a_syllable_begins(word, parts):
    assert hyphened(word).replace("\u00ad", "-") == parts


def test_only_words_that_are_wider_than_their_column_are_broken(qapp):
    columns = tuple(Column(title) for title in ("Eigenschaft", "Verteilung", *"ABCDEFGHIJ"))
    rows = ((cell("Sichtbarkeit"), *(cell("Wort Haushalt") for _ in columns[1:])),)
    pages = all_pages(Report("T", "de", (Table(columns, rows),), cover=False))
    assert "Sichtbarkeit" in pages.text(0)
    assert "\u00ad" not in pages.text(0)
    assert [hit.page for hit in pages.hits("sichtbarkeit")] == [0]
    assert len(pages.hits("haushalt")) == len(columns) - 1
    assert len(pages.hits("wort  haushalt")) == len(columns) - 1


def test_a_wide_first_section_turns_the_title_with_it(qapp):
    wide = Section("Wide", (paragraph("text"),), landscape=True)
    pages = all_pages(Report("T", "en", (wide,), cover=False))
    assert len(pages) == 1
    assert pages.size(0).width() > pages.size(0).height()
