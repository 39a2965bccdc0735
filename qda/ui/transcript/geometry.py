"""The measures of the transcript, from the drawings' pixels, scaled with the fonts."""

from dataclasses import dataclass

from qda.ui.fonts import unit

TEXT_LEFT = 92.0
MARGIN_RIGHT = 184.0
LINE = 25.0
BASELINE = 20.0  # below the top of a line of LINE: fixed line heights put it at four fifths
TINT_ABOVE = 15.5  # the tint's top above the baseline
TINT_HEIGHT = 21.0
TEXT_WIDEST = 640.0
TEXT_NARROWEST = 340.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """Measures in logical pixels: ``ui`` scales the margins, ``reading`` the text (with its zoom)."""

    ui: float
    reading: float

    @classmethod
    def current(cls, zoom: float) -> "Geometry":
        """The measures for the system's font and a zoom of the text (1.0 is as drawn)."""
        scale = unit()
        return cls(ui=scale, reading=scale * zoom)

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return float(round(LINE * self.reading))

    @property
    def gap(self) -> float:
        """Space below a paragraph."""
        return float(round(10 * self.reading))

    @property
    def topic(self) -> float:
        """Space above a turn for the topic that it opens, and for air between topics.

        The gap below the paragraph before is in it: the larger of the two holds.
        """
        return float(round(40 * self.ui))

    @property
    def tint_above(self) -> float:
        """From a baseline up to the tint's top."""
        return TINT_ABOVE * self.reading

    @property
    def tint_height(self) -> float:
        """Height of the tint under one line."""
        return float(round(TINT_HEIGHT * self.reading))

    def px(self, drawn: float) -> int:
        """``drawn`` pixels of the margins."""
        return round(drawn * self.ui)

    def margins(self, width: int, speakers: int) -> tuple[int, int]:
        """Left and right margin in a view ``width`` wide whose longest speaker takes ``speakers`` pixels.

        The text stops at its widest measure and the names of codes get the rest; in a narrow view the
        names give way first.
        """
        wider = speakers - self.px(20)
        left = self.px(TEXT_LEFT) + (wider + self.px(6) if wider > 0 else 0)
        widest = round(TEXT_WIDEST * self.reading)
        narrowest = round(TEXT_NARROWEST * self.ui)
        lanes_only = self.px(48)
        right = max(self.px(MARGIN_RIGHT), width - left - widest)
        return left, max(lanes_only, min(right, width - left - narrowest))
