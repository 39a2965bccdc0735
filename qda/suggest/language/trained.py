"""A trained pipeline of spaCy as a tagger, where one is installed: the largest for the language."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points, version
from typing import TYPE_CHECKING, Final

from qda.suggest.language import tagsets
from qda.suggest.language.quiet import spacy
from qda.suggest.language.tagging import Tagged

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

FAMILIES: Final = {"de": "de_core_news_", "en": "en_core_web_"}
_SIZES: Final = ("sm", "md", "lg", "trf")
_NOT_NEEDED: Final = ("parser", "ner", "senter", "entity_linker", "entity_ruler")


def installed(language: str) -> str | None:
    """The name of the largest pipeline that is installed for a language.

    Read from where ``spacy.util.get_installed_models`` reads it, without importing spaCy.
    """
    family = FAMILIES.get(language)
    names = {point.name for point in entry_points(group="spacy_models")}
    return max((name for name in names if family and name.startswith(family)), key=_size, default=None)


def full_name(name: str) -> str:
    """The name with the version, as a loaded one has it."""
    return f"{name}-{version(name)}"


def _size(name: str) -> tuple[int, str]:
    size = name.rpartition("_")[2]
    return (_SIZES.index(size) if size in _SIZES else -1), name


@cache
def trained(name: str) -> "Trained":
    """The pipeline of this name, loaded once.

    :raises OSError: it cannot be loaded by this spaCy.
    """
    return Trained(name)


class Trained:
    """Tags sentences with a trained pipeline."""

    def __init__(self, name: str) -> None:
        try:
            self._nlp: Language = spacy().load(name, exclude=list(_NOT_NEEDED))
        except (ValueError, ImportError) as problem:  # made for another spaCy, or half installed
            raise OSError(name) from problem
        self.name = full_name(name)

    def knows(self, word: str) -> bool:
        """Whether it stands in the pipeline's own list of words."""
        return word in self._nlp.vocab.strings or word.lower() in self._nlp.vocab.strings

    def tag(self, text: Sequence[Sequence[str]]) -> list[list[Tagged]]:
        """All sentences of a text, in one Doc."""
        from spacy.tokens import Doc

        words = [word for sentence in text for word in sentence]
        if not words:
            return [[] for _sentence in text]
        starts: list[bool | int | None] = [at == 0 for sentence in text for at in range(len(sentence))]
        answers = iter(self._nlp(Doc(self._nlp.vocab, words=words, sent_starts=starts)))
        return [[_tagged(next(answers)) for _word in sentence] for sentence in text]


def _tagged(token: "Token") -> Tagged:
    pos = token.pos_ or tagsets.STTS.get(token.tag_) or tagsets.penn(token.tag_)
    return Tagged(token.tag_ or pos, pos, token.lemma_ or token.text)
