"""The ways out: PNG, SVG and PDF from the same painters."""

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from qda.figures import painting
from qda.i18n import use_language

from .demo_model import demo_model


@pytest.fixture
def model():
    with use_language("de"):
        yield demo_model()


def test_a_png_has_the_width_and_resolution_asked_for(model):
    image = QImage.fromData(painting.to_png(model, width_mm=170, dpi=300), "PNG")
    assert image.width() == round(170 / 25.4 * 300)
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.pixelColor(2, image.height() - 2).name() == "#ffffff"


def test_grey_has_no_colour_and_print_has_some(model):
    grey = QImage.fromData(painting.to_png(model, width_mm=120, dpi=60, palette=painting.GREY), "PNG")
    coloured = QImage.fromData(painting.to_png(model, width_mm=120, dpi=60), "PNG")
    assert grey.allGray()
    assert not coloured.allGray()


def test_an_svg_needs_no_font_and_tells_what_it_shows(model):
    written = painting.to_svg(model, width_mm=170, title="Paradigma", description="Zehn Beziehungen")
    renderer = QSvgRenderer(written)
    assert renderer.isValid()
    text = written.decode("utf-8")
    assert "<title>Paradigma</title>" in text
    assert "Zehn Beziehungen" in text
    assert "<text" not in text
    assert 'width="170mm"' in text or 'width="169.' in text


def test_a_pdf_is_one_page_of_the_width_asked_for(model):
    written = painting.to_pdf(model, width_mm=170)
    assert written.startswith(b"%PDF")
    box = written.split(b"/MediaBox [", 1)[1].split(b"]", 1)[0].split()
    assert float(box[2]) == pytest.approx(170 / 25.4 * 72, abs=1)
    assert written.count(b"/Type /Page\n") == 1


def test_pictures_need_neither_display_nor_application():
    code = (
        "from qda.figures import painting; from qda.figures.paradigm import Card, ParadigmFigure;"
        "print(painting.to_png(ParadigmFigure(Card('a', 'Ämter')), width_mm=80)[:4])"
    )
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=bare, check=False)
    assert done.returncode == 0, done.stderr
    assert b"PNG" in done.stdout
