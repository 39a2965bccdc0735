"""Where a step by sentence, paragraph or turn leads. Positions are code points."""

from enum import Enum

from qda.coding.positions import Span
from qda.ui.transcript import units
from qda.ui.transcript.mapping import ShownText


class Step(Enum):
    """What a step goes over."""

    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"


def unit_at(shown: ShownText, point: int, step: Step) -> Span | None:
    """The word, sentence, paragraph or turn at ``point``; between two, the one before it."""
    if not shown.paragraphs:
        return None
    paragraph = shown.shown_span(shown.paragraph_at(point))
    if step is Step.PARAGRAPH:
        return paragraph
    if step is Step.TURN:
        return shown.turn_at(point)
    if step is Step.WORD:
        return units.word_at(shown.text, point)
    parts = units.sentences(shown.text, paragraph)
    return next((part for part in reversed(parts) if part.start <= point), parts[0] if parts else None)


def after(shown: ShownText, point: int, step: Step) -> Span | None:
    """The next unit that begins behind ``point``."""
    return next((part for part in _units_near(shown, point, step) if part.start > point), None)


def before(shown: ShownText, point: int, step: Step) -> Span | None:
    """The last unit that begins before ``point``."""
    earlier = [part for part in _units_near(shown, point, step) if part.start < point]
    return earlier[-1] if earlier else None


def _units_near(shown: ShownText, point: int, step: Step) -> list[Span]:
    """The units in the paragraph (or turn) at ``point`` and in those around it that are not empty."""
    if not shown.paragraphs:
        return []
    at = shown.paragraph_at(point)
    if step is Step.TURN:
        return [shown.turn_at(shown.paragraphs[first].start) for first in shown.turn_starts]
    numbers = range(max(0, at - 8), min(len(shown.paragraphs), at + 9))
    spans = [shown.shown_span(number) for number in numbers]
    if step is Step.PARAGRAPH:
        return [span for span in spans if span.start < span.stop]
    if step is Step.WORD:
        return _words(shown, spans)
    return [part for span in spans for part in units.sentences(shown.text, span)]


def _words(shown: ShownText, spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        point = span.start
        while point < span.stop:
            word = units.word_at(shown.text, point)
            if word and word.start >= point:
                found.append(word)
                point = word.stop
            point += 1
    return found
