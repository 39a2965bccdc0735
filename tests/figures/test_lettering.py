"""Setting text into a width."""

import pytest

from qda.figures import painting
from qda.figures.lettering import elided, parts, wrapped, wrapped_parts
from qda.figures.painting import PRINT, Look, Style

LONG = "Sprachmittlerpoolhonorarordnung und Verwaltungsvorschriften verschriftlichen"


@pytest.fixture
def metrics():
    painting.ensure_gui()
    return Look(PRINT, ("DejaVu Sans",), 13).metrics(Style.TITLE)


@pytest.mark.parametrize("width", [40, 70, 110, 200, 600])
def test_no_line_is_wider_than_its_room(metrics, width):
    lines = wrapped(LONG, width, metrics, most=30)
    assert max(metrics.horizontalAdvance(line) for line in lines) <= width


@pytest.mark.parametrize("width", [60, 90, 150])
def test_nothing_is_lost_when_there_are_lines_enough(metrics, width):
    lines = wrapped(LONG, width, metrics, most=40)
    whole = " ".join(lines).replace("- ", "")
    assert whole == LONG


def test_a_compound_is_parted_at_a_syllable(metrics):
    room = metrics.horizontalAdvance("Netzwerkpfleg")
    lines = wrapped("Netzwerkpflege", room, metrics)
    assert lines == ("Netzwerk-", "pflege")


def test_whole_words_are_preferred_where_parting_saves_no_line(metrics):
    room = metrics.horizontalAdvance("„kurzer Dienst-")
    assert wrapped("„kurzer Dienstweg“", room, metrics) == ("„kurzer", "Dienstweg“")


def test_what_does_not_fit_ends_in_an_ellipsis(metrics):
    line = elided(LONG, 90, metrics)
    assert line.endswith("…")
    assert LONG.startswith(line[:-1])


def test_figures_break_between_their_parts_and_not_inside_brackets(metrics):
    assert parts("2 Fälle (A 5 · B 1) · 1 schränkt ein") == ("2 Fälle (A 5 · B 1)", "1 schränkt ein")
    room = metrics.horizontalAdvance("Stadt, Kreis · A 4")
    assert wrapped_parts("Stadt, Kreis · A 4 · B 7", room, metrics) == ("Stadt, Kreis", "A 4 · B 7")
