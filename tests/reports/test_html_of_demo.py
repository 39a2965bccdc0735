"""Every report of the demo study as a web page: harmless, in one file, and made to be read by everyone."""

import base64
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qda.models import Project
from qda.reports.registry import build_report, render_bytes, report_kind, reports

from .golden_demo import options_of
from .harmless import page_of, problems

NAMES = [kind.name for kind in reports() if "html" in kind.formats]


@pytest.fixture(scope="module")
def project(german_demo: Path) -> Iterator[Project]:
    with Project.open(german_demo, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_a_page_that_everyone_can_read(project: Project, name: str) -> None:
    report = build_report(report_kind(name).name, project, options_of(project, name, "de"))
    data = render_bytes(report, "html")
    page = page_of(data)
    assert problems(data, "html") == []
    assert page.get("lang") == "de"
    assert page.xpath("//title/text()")[0].strip()
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert _leaps(page) == []
    assert _bad_tables(page) == []
    assert [
        one.get("src", "")[:40] for one in page.xpath("//img") if not (one.get("alt") or "").strip()
    ] == []
    assert [href for href in page.xpath("//a/@href") if not page.xpath(f"//*[@id='{href[1:]}']")] == []
    idents = page.xpath("//@id")
    assert len(idents) == len(set(idents))


def _leaps(page: Any) -> list[str]:
    """Headings that leave a level out."""
    levels = [(int(one.tag[1]), one.text_content()) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    pairs = pairwise(levels)
    return [f"h{before} → h{after}: {title}" for (before, _t), (after, title) in pairs if after > before + 1]


def _bad_tables(page: Any) -> list[str]:
    """Tables without a name, or with a head that does not say what it is the head of."""
    found = []
    for one in page.xpath("//table"):
        around = one.xpath("ancestor::*[@aria-label][1]/@aria-label | caption")
        if not around or not str(around[0]).strip():
            found.append(f"no name: {one.text_content()[:40]}")
        found += [f"no scope: {cell.text_content()}" for cell in one.xpath(".//th[not(@scope)]")]
        if not one.xpath(".//th") and len(one.xpath(".//tr")) > 1 and not one.get("role"):
            found.append(f"no head: {one.text_content()[:40]}")
    return found


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", css))


def _light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_their_ground_by_day_and_by_night(project: Project, scheme: str) -> None:
    page = page_of(render_bytes(build_report("codetree", project, {}), "html"))
    css = re.sub(r"\s+", "", page.xpath("//style")[0].text)
    roots = re.findall(r"(@media\(prefers-color-scheme:dark\)\{)?:root\{([^}]*)\}", css)
    colours = _colours(next(body for dark, body in roots if bool(dark) == (scheme == "dark")))
    for ink in ("text", "second", "accent"):
        assert (ink, _contrast(colours[ink], colours["paper"]) >= 4.5) == (ink, True)
    assert _contrast(colours["second"], colours["panel"]) >= 4.5
    assert _contrast(colours["note"], colours["noteground"]) >= 4.5


def test_a_page_is_printed_on_a4_with_its_table_heads_repeated(project: Project) -> None:
    css = page_of(render_bytes(build_report("codetree", project, {}), "html")).xpath("//style")[0].text
    assert "@page{size:A4" in css
    assert "thead{display:table-header-group}" in css
    assert "tr,blockquote,figure.picture{break-inside:avoid}" in css


def test_a_table_of_many_columns_is_printed_across_a_turned_page(project: Project) -> None:
    page = page_of(render_bytes(build_report("cases", project, {}), "html"))
    css = page.xpath("//style")[0].text
    assert len(page.xpath("(//figure[@class='table wide'])[1]//th")) > 5
    assert "@page wide{size:A4 landscape" in css
    assert ".wide{page:wide}" in css


def test_pictures_in_a_page_are_harmless(project: Project) -> None:
    from lxml import etree

    page = page_of(render_bytes(build_report("paradigm", project, {}), "html"))
    sources = page.xpath("//img/@src")
    assert sources
    for source in sources:
        kind, _comma, coded = source.partition(",")
        if "svg" in kind:
            root: Any = etree.fromstring(base64.b64decode(coded))
            names = {etree.QName(one).localname for one in root.iter()}
            assert not names & {"script", "foreignObject", "a"}
            links = root.xpath("//@*[local-name()='href' or starts-with(local-name(), 'on')]")
            assert all(link.startswith(("#", "data:image/")) for link in links)
