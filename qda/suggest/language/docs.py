"""Docs as bytes and back: what is kept of a text that was read, and the forms of words for the search."""

from functools import cache
from typing import TYPE_CHECKING, Final

from qda.coding.analyses import Readable, kept
from qda.models import Project
from qda.suggest.language.quiet import spacy
from qda.suggest.language.tools import names, register

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_ATTRIBUTES: Final = ("ORTH", "SPACY", "TAG", "POS", "LEMMA", "SENT_START")
_WITHOUT_FORMS: Final = ("PUNCT", "SPACE", "SYM", "NUM", "X")


def packed(doc: "Doc") -> bytes:
    """A Doc as DocBin writes it."""
    spacy()
    from spacy.tokens import DocBin

    return DocBin(attrs=_ATTRIBUTES, store_user_data=True, docs=[doc]).to_bytes()


def unpacked(data: bytes, language: str) -> "Doc":
    """The Doc again; no tagger is loaded for it."""
    vocab = _vocabulary(language)
    from spacy.tokens import DocBin

    (doc,) = DocBin(store_user_data=True).from_bytes(data).get_docs(vocab)
    return doc


@cache
def _vocabulary(language: str) -> "Vocab":
    register()
    vocab: Vocab = spacy().blank(language).vocab
    return vocab


def forms(doc: "Doc") -> list[tuple[str, str]]:
    """Lemma and form of every word, in small letters, each pair once; of ausm (aus+der) the first lemma."""
    found = {
        (token.lemma_.partition("+")[0].lower(), token.lower_)
        for token in doc
        if token.pos_ not in _WITHOUT_FORMS
    }
    return sorted(found)


def doc_of(project: Project, row: Readable, name: str | None = None) -> "Doc | None":
    """The Doc of a document as the present tools have read it; none where it is yet to be read."""
    name = names().get(row.language) if name is None else name
    data = kept(project, row, name) if name is not None else None
    return None if data is None else unpacked(data, row.language)
