"""Ten thousand words read by the language tools: processor time in the child, its start, and opened again."""

import time
from pathlib import Path

from tests.bench.figures import Figure, Scale, figure, repeated

_WORDS = 10_000
_SHORT = 1_500  # words of a study from which on it is no trial run


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Reading, the start of the child, and a Doc that was kept."""
    from qda.coding import analyses, documents
    from qda.coding.transcript import plain_document
    from qda.models import Project
    from qda.suggest.language.analysing import Analyst, analyse
    from qda.suggest.language.docs import doc_of
    from qda.suggest.language.quiet import spacy

    words = _WORDS if scale.long_words > _SHORT else 300
    reading, starting, reopening, waiting = [], [], [], []
    for run in range(max(1, min(scale.repeats, 3))):
        path = folder / f"language-{run}.qdaproj"
        path.unlink(missing_ok=True)
        with Project.create(path, title="L", language="de") as project:
            text = _text(words)
            source = documents.take_in(project, draft=plain_document(text), title="A")
            began = time.perf_counter()
            done = analyse(project, analyst=Analyst())
            waiting.append((time.perf_counter() - began) * 1000)
            assert done.read == (source,)
            reading.append(done.seconds * 1000)
            starting.append(done.startup * 1000)
            (row,) = analyses.readable(project)
            spacy()
            doc_of(project, row)  # the vocabulary of the language is made once
            reopening += repeated(lambda row=row, project=project: doc_of(project, row), 3)
    plain = repeated(text.split, 3)
    about = {"raw": [max(value, 0.001) for value in plain], "raw_is": "the text split at blanks"}
    return [
        figure("language.read", f"{words:,} words read, in the child", reading, goal=3000, **about),
        figure("language.start", "start of the child with its tools", starting, **about),
        figure(
            "language.open", f"{words:,} words that were read, opened again", reopening, goal=100, **about
        ),
        figure("language.wait", "all of it as one waits for it", waiting, **about),
    ]


def _text(words: int) -> str:
    """The transcripts of the demo study, cut or said again; the words are as varied as people's."""
    from qda import resources
    from qda.exchange.reading import read_transcript

    found: list[str] = []
    for name in ("Interview_A.docx", "Interview_B.docx"):
        found += read_transcript(resources.path("demo", "raw", name)).text.split(" ")
    while len(found) < words:
        found += found
    return " ".join(found[:words])
