"""A study of three documents, and the tools of each language."""

import importlib
import sys
from pathlib import Path

import pytest

from qda.coding import documents
from qda.exchange.reading import draft_from_text
from qda.models import Project
from qda.suggest.language import trained as trained_module
from qda.suggest.language.tools import tools

GERMAN = (
    "I: Wie ging das mit der Migrantenorganisation los?\n"
    "B: Ähm, wir ham (.) die Netzwerkkonferenz gemacht. (lacht) Das Netzwerk gibt’s seit 2015, wor/ und dann "
    "sind alle gegangen. #00:01:02-3#\n"
    "I: Und die Straßenfeste?\n"
    "B: Die haben wir // später gefeiert. Ich geh da immer hin 😀, so’n Fest ist a bissl laut."
)
ENGLISH = (
    "I: How did you find the office?\n"
    "B: Well, I’m gonna tell you. We didn't know anybody (laughs), and the women went home. They have gone."
)


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.qdaproj", title="S", language="de") as made:
        yield made


@pytest.fixture
def german(project: Project) -> str:
    return documents.take_in(project, draft=draft_from_text(GERMAN), title="A")


@pytest.fixture
def english(project: Project) -> str:
    source = documents.take_in(project, draft=draft_from_text(ENGLISH), title="B")
    documents.set_source_language(project, source=source, language="en")
    return source


@pytest.fixture
def fake_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An installed pipeline with three rules; it is gone after the test."""
    import spacy

    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("attribute_ruler")
    for word, tag, pos, lemma in (
        ("konferenzen", "NN", "NOUN", "Konferenz"),
        ("gingen", "VVFIN", "VERB", "gehen"),
        ("haben", "VAFIN", "AUX", "haben"),
    ):
        ruler.add([[{"LOWER": word}]], {"TAG": tag, "POS": pos, "LEMMA": lemma})
    nlp.meta.update(name="core_news_md", version="9.9.9")
    site = tmp_path / "site"
    package = site / "de_core_news_md"
    package.mkdir(parents=True)
    nlp.to_disk(package / "de_core_news_md-9.9.9")
    (package / "meta.json").write_bytes((package / "de_core_news_md-9.9.9" / "meta.json").read_bytes())
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        encoding="utf-8",
    )
    for name in ("de_core_news_md", "de_core_news_sm"):
        about = site / f"{name}-9.9.9.dist-info"
        about.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.9.9\n"
        (about / "METADATA").write_text(metadata, encoding="utf-8")
        (about / "entry_points.txt").write_text(
            f"[spacy_models]\n{name} = de_core_news_md\n", encoding="utf-8"
        )
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    yield "de_core_news_md"
    tools.cache_clear()
    trained_module.trained.cache_clear()
    sys.modules.pop("de_core_news_md", None)
