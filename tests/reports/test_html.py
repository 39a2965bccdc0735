"""Reports as web pages, parsed with lxml."""

import base64

from lxml import etree, html

from qda.reports.model import Figure, Report, paragraph
from qda.reports.render_html import render
from qda.reports.svg import harmless
from qda.reports.text import clean

from .samples import HOSTILE, SVG, png

ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "link", "base", "svg", "video", "audio"}


def test_nothing_in_the_page_is_active_or_leads_outside(hostile_report):
    page = html.document_fromstring(render(hostile_report).decode())
    for element in page.iter():
        assert element.tag not in ACTIVE
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in ("href", "src", "action", "srcset"):
                assert value.startswith(("#", "data:image/"))
    assert "url(" not in "".join(page.xpath("//style/text()"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_hostile_names_are_shown_as_they_are(hostile_report):
    page = html.document_fromstring(render(hostile_report).decode())
    cells = [one.text_content() for one in page.xpath("(//table)[1]/tbody/tr/td[3]")]
    assert cells == [clean(name).replace("\n", "") for name in HOSTILE]
    assert page.xpath("//h1")[0].text_content() == HOSTILE[0]


def test_contents_and_references_lead_to_anchors_that_exist(plain_report):
    page = html.document_fromstring(render(plain_report).decode())
    idents = page.xpath("//@id")
    targets = {href[1:] for href in page.xpath("//a/@href")}
    assert len(idents) == len(set(idents))
    assert targets <= set(idents)
    assert page.xpath("//nav//a")[0].text_content() == "Categories"
    assert page.get("lang") == "en"


def test_lists_nest_and_tables_have_heads_and_spans(plain_report):
    page = html.document_fromstring(render(plain_report).decode())
    assert [one.text_content().strip() for one in page.xpath("//ol/li/ol/li")] == ["inner"]
    assert page.xpath("(//table)[1]/tbody/tr[1]/td/@colspan") == ["3"]
    assert [one.text_content() for one in page.xpath("(//table)[1]//th")] == [
        "Code",
        "Count",
        "Netzwerkpflege",
    ]
    assert set(page.xpath("//p[not(ancestor::header)]/@dir")) == {"auto"}


def test_the_page_knows_dark_mode_and_print(plain_report):
    style = render(plain_report).decode()
    assert "prefers-color-scheme:dark" in style
    assert "@media print" in style


def test_pictures_are_inside_the_page_and_their_svg_is_harmless():
    cleaned = harmless(SVG)
    root = etree.fromstring(cleaned)
    assert b"alert" not in cleaned
    assert b"example.org" not in cleaned
    assert root.xpath("//*[local-name()='rect']/@fill") == ["url(#g)"]
    assert root.xpath("//*[local-name()='use']/@*") == ["#r"]


def test_a_picture_whose_svg_is_broken_is_shown_as_bitmap():
    report = Report("T", "en", (paragraph("x"), Figure("c", "a", png(), b"<svg")))
    source = html.document_fromstring(render(report).decode()).xpath("//img/@src")[0]
    assert base64.b64decode(source.removeprefix("data:image/png;base64,")) == png()
    assert harmless(b'<!DOCTYPE svg [<!ENTITY a "b">]><html/>') == b""
