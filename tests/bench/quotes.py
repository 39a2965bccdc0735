"""The quotations of a thesis checked: 80,000 words with a thousand quotations against forty transcripts."""

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, Scale, figure, repeated
from tests.bench.language import _SHORT, _text

if TYPE_CHECKING:
    from qda.models import Project

_QUOTED = 20  # words
_PARAGRAPH = 60
_WRONG = 0.1  # of the quotations: a word changed, another place, or invented


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Comparing alone, and with the Word file that is read in a child."""
    from qda.coding.quotations import Written, check
    from qda.exchange.manuscripts import read_manuscript
    from qda.models import Project

    small = scale.long_words <= _SHORT
    transcripts, words, count = (3, 400, 20) if small else (40, 10_000, 1_000)
    path = folder / "quotes.qdaproj"
    path.unlink(missing_ok=True)
    chance = random.Random(8)
    with Project.create(path, title="Q", language="de") as project:
        texts = _transcripts(project, transcripts, words, chance)
        quotations = list(_quotations(texts, count, chance))
        own = _text(4_000).split(" ")
        paragraphs = []
        for quotation in quotations:
            at = chance.randrange(len(own) - _PARAGRAPH)
            paragraphs.append(f"{' '.join(own[at : at + _PARAGRAPH])}: {quotation}.")
        file = folder / "quotes.docx"
        file.write_bytes(_word_file(paragraphs))
        written = [Written(text) for text in paragraphs]
        compared = repeated(lambda: check(project, written), 2 if small else 3)
        whole = repeated(lambda: check(project, read_manuscript(file)), 1 if small else 2)
        errors = check(project, written).errors
    joined = ["\n".join(text) for text in texts]
    said = [quotation.split("“", 1)[0][1:] for quotation in quotations]
    plain = repeated(lambda: [text.find(one) for one in said for text in joined], 2)
    raw = [max(value, 0.001) for value in plain]
    searched = "each text searched for each quotation"
    note = f"{errors} of {count:,} are to be put right"
    name = f"{count:,} quotations compared"
    return [
        figure("quotes.check", name, compared, goal=3000, raw=raw, raw_is=searched, note=note),
        figure("quotes.file", "the same from a Word file", whole, goal=6000, raw=raw, raw_is=searched),
    ]


def _transcripts(project: "Project", count: int, words: int, chance: random.Random) -> list[list[str]]:
    """The paragraphs of interviews that are in the study now; words as often as people say them."""
    from qda.coding import documents
    from qda.exchange.reading import draft_from_text

    known = [word for word in _text(10_000).split() if word.isalpha()]
    texts = []
    for number in range(1, count + 1):
        answers = [
            " ".join(chance.choices(known, k=_PARAGRAPH * 2))
            for _paragraph in range(words // (_PARAGRAPH * 2))
        ]
        talk = "\n".join(f"I: Und dann?\nB: {answer}." for answer in answers)
        documents.take_in(project, draft=draft_from_text(talk), title=f"Interview {number}")
        texts.append(answers)
    return texts


def _quotations(texts: list[list[str]], count: int, chance: random.Random) -> Iterator[str]:
    for _number in range(count):
        document = chance.randrange(len(texts))
        answer = chance.randrange(len(texts[document]))
        words = texts[document][answer].split()
        at = chance.randrange(len(words) - _QUOTED)
        said = words[at : at + _QUOTED]
        paragraph = 2 * (answer + 1)
        if chance.random() < _WRONG:
            kind = chance.randrange(3)
            if kind == 0:
                said[chance.randrange(_QUOTED)] = "verwechselt"
            elif kind == 1:
                paragraph += 2
            else:
                chance.shuffle(said)
        yield f"„{' '.join(said)}“ (Interview {document + 1}, Abs. {paragraph})"


def _word_file(paragraphs: list[str]) -> bytes:
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
