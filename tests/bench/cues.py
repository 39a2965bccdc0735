"""Hints from cue words for a passage of a long transcript that was read: what a selection waits for."""

from itertools import cycle
from pathlib import Path

from tests.bench.figures import Figure, Scale, figure, repeated
from tests.bench.language import _SHORT, _WORDS, _text

_PASSAGE = 400  # characters


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Passages of 400 characters all over a document of 10,000 words; the Doc is there."""
    from qda.coding import analyses, axial, codebook, documents
    from qda.coding.transcript import plain_document
    from qda.models import Project
    from qda.suggest.cues.hints import hints
    from qda.suggest.language.analysing import analyse_here
    from qda.suggest.language.docs import doc_of

    path = folder / "cues.qdaproj"
    path.unlink(missing_ok=True)
    with Project.create(path, title="C", language="de") as project:
        text = _text(_WORDS if scale.long_words > _SHORT else 300)
        source = documents.take_in(project, draft=plain_document(text), title="A")
        code = codebook.add_code(project, name="Netzwerk führen")
        model = axial.add_model(project, name="M", template="strauss-corbin", phenomenon=code)
        analyse_here(project)
        (row,) = analyses.readable(project)
        doc = doc_of(project, row)
        assert hints(project, model, source, 0, len(text), doc=doc)  # the lexicon is read once
        places = cycle(range(0, len(text) - _PASSAGE, max(1, len(text) // 97)))

        def ask() -> None:
            start = next(places)
            hints(project, model, source, start, start + _PASSAGE, doc=doc)

        asked = repeated(ask, scale.repeats * 10)
        plain = repeated(lambda: text.find("weil, nirgends"), 10)
    raw = [max(value, 0.001) for value in plain]
    return [
        figure(
            "cues.hints",
            "hints for a passage",
            asked,
            goal=10,
            raw=raw,
            raw_is="the text searched for a word",
        )
    ]
