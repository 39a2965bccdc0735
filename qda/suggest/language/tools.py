"""The language tools of a language, in the best of three tiers that this machine has.

1. a trained pipeline of spaCy (de_core_news_*, en_core_web_*), the largest that is installed;
2. HanTa, which comes with the program;
3. simplemma with simple rules, where HanTa or its model is missing.

All three hand over a spaCy ``Language`` with the same cutting into words and sentences, and fill the same
attributes: ``tag_``, ``pos_`` (Universal Dependencies), ``lemma_``, ``sents``, and the parts of compounds.
What is built upon them uses these, ``Matcher`` and ``PhraseMatcher`` only. Nothing is downloaded, ever.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal

from qda.errors import KnownError
from qda.i18n import _
from qda.suggest.language import spoken
from qda.suggest.language.hanta import MissingError, hanta, model
from qda.suggest.language.quiet import spacy
from qda.suggest.language.simple import Simple
from qda.suggest.language.tagging import Tagger, Tagging
from qda.suggest.language.trained import full_name, installed, trained
from qda.suggest.language.words import Tokenizer, set_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Tier = Literal["pipeline", "hanta", "simplemma"]
LANGUAGES: Final = ("de", "en")
_REVISION: Final = 1  # one more where the rules of this package change what comes out
_COMPONENTS: Final[dict[Tier, str]] = {
    "pipeline": "qda_pipeline",
    "hanta": "qda_hanta",
    "simplemma": "qda_simplemma",
}


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads a language; ``name`` names programs and versions, ``nlp`` is the pipeline."""

    language: str
    tier: Tier
    name: str
    nlp: "Language" = field(repr=False, compare=False)

    def read(self, text: str, labels: Iterable[tuple[int, int]] = ()) -> "Doc":
        """A text as a Doc; ``labels`` are the places of speakers' labels. Places are the text's own."""
        tokenizer: Tokenizer = self.nlp.tokenizer  # type: ignore[assignment]
        return self.nlp(tokenizer(text, labels))


@cache
def tools(language: str) -> Tools:
    """The best tools for a language that are at hand; made once (about a second).

    :raises KnownError: there are none for this language.
    """
    if language not in LANGUAGES:
        raise KnownError(_("There are no language tools for “{language}”.").format(language=language))
    tier, tagger = _best(language)
    return Tools(language, tier, _named(language, tagger.name), _pipeline(language, tier))


def names() -> dict[str, str]:
    """The names of the best tools by language, without loading them: what others have read is read anew."""
    return {language: _named(language, _expected(language)) for language in LANGUAGES}


def _expected(language: str) -> str:
    if (pipeline := installed(language)) is not None:
        return full_name(pipeline)
    if find_spec("HanTa") is not None and model(language).is_file():
        return f"hanta-{version('HanTa')}"
    return f"simplemma-{version('simplemma')}"


def works(language: str) -> tuple[Tier, str]:
    """The tier that works for a language, and the name of its tagger."""
    tier, tagger = _best(language)
    return tier, tagger.name


def of_tier(language: str, tier: Tier) -> Tools:
    """The tools of one tier, for comparing them.

    :raises KnownError: it is not installed.
    """
    try:
        tagger = _tagger(language, tier)
    except (MissingError, OSError) as problem:
        raise KnownError(_("These language tools are not installed.")) from problem
    return Tools(language, tier, _named(language, tagger.name), _pipeline(language, tier))


def _named(language: str, tagger: str) -> str:
    table = hashlib.sha256(spoken.path(language).read_bytes()).hexdigest()[:8]
    return f"{language} {tagger} spacy-{version('spacy')} {_REVISION}-{table}"


def _best(language: str) -> tuple[Tier, Tagger]:
    """The first tier that works."""
    tiers: tuple[Tier, ...] = ("pipeline", "hanta")
    for tier in tiers:
        try:
            return tier, _tagger(language, tier)
        except (MissingError, OSError):  # not there, or made for another spaCy
            continue
    return "simplemma", _tagger(language, "simplemma")


def _tagger(language: str, tier: Tier) -> Tagger:
    if tier == "pipeline":
        name = installed(language)
        if name is None:
            raise MissingError(language)
        return trained(name)
    return hanta(language) if tier == "hanta" else Simple(language)


def _pipeline(language: str, tier: Tier) -> "Language":
    register()
    nlp: Language = spacy().blank(language)
    nlp.tokenizer = Tokenizer(nlp.vocab, language)
    nlp.max_length = 1 << 30  # signs: the limit is for parsers, and there is none
    nlp.add_pipe("qda_sentences")
    nlp.add_pipe(_COMPONENTS[tier])
    return nlp


@cache
def register() -> None:
    """Makes the components known to spaCy, and the short ways to what they find."""
    spacy()
    from spacy.language import Language
    from spacy.tokens import Token

    from qda.suggest.language.compounds import parts

    Language.component("qda_sentences", func=set_sentences)

    def factory(tier: Tier) -> None:
        def make(nlp: Language, name: str) -> Tagging:  # noqa: ARG001 - spaCy calls it so
            return Tagging(str(nlp.lang), _tagger(str(nlp.lang), tier))

        Language.factory(_COMPONENTS[tier], func=make)

    for tier in _COMPONENTS:
        factory(tier)
    Token.set_extension("qda_parts", getter=parts, force=True)
