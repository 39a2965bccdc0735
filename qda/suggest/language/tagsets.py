"""Tags of the taggers as Universal Dependencies has them: German by STTS, English by CLAWS C5 (BNC) and Penn.

The German tags are HanTa's: STTS with its own names for verbs (VV(FIN)), adjectives (ADJ(A)), adjectives and
infinitives as nouns (NNA, NNI), PROAV. Its English model bears the tags of the British National Corpus. What
one tag leaves open is settled by what stands around it: "haben" and "werden" are auxiliaries only beside
another verb; this, that and which are pronouns where no noun follows.
"""

from collections.abc import Sequence
from typing import Final

STTS: Final = {
    **dict.fromkeys(("ADJ(A)", "ADJ(D)", "ADJA", "ADJD"), "ADJ"),
    **dict.fromkeys(("ADV", "PROAV", "PAV", "PWAV", "PTKA"), "ADV"),
    **dict.fromkeys(("APPR", "APPRART", "APPO", "APZR", "PTKVZ", "KOKOM"), "ADP"),
    **dict.fromkeys(("ART", "PDAT", "PIAT", "PIDAT", "PPOSAT", "PRELAT", "PWAT"), "DET"),
    **dict.fromkeys(("PDS", "PIS", "PPER", "PPOSS", "PRELS", "PRF", "PWS"), "PRON"),
    **dict.fromkeys(("PTKNEG", "PTKZU"), "PART"),
    **dict.fromkeys(("ITJ", "PTKANT"), "INTJ"),
    **dict.fromkeys(("NN", "NNA", "NNI"), "NOUN"),
    **dict.fromkeys(("KOUI", "KOUS"), "SCONJ"),
    **dict.fromkeys(("$(", "$,", "$."), "PUNCT"),
    **dict.fromkeys(("FM", "XY", "TRUNC", "UNKNOWN"), "X"),
    "NE": "PROPN",
    "KON": "CCONJ",
    "CARD": "NUM",
    "VA": "AUX",
    "VM": "AUX",
    "VV": "VERB",
}
_C5: Final = {
    **dict.fromkeys(("AJ0", "AJC", "AJS", "ORD"), "ADJ"),
    **dict.fromkeys(("AV0", "AVQ"), "ADV"),
    **dict.fromkeys(("AVP", "PRP", "PRF"), "ADP"),
    **dict.fromkeys(("AT0", "DT0", "DTQ"), "DET"),
    **dict.fromkeys(("DPS", "PNI", "PNP", "PNQ", "PNX", "EX0"), "PRON"),
    **dict.fromkeys(("NN", "NN0", "NN1", "NN2"), "NOUN"),
    **dict.fromkeys(("CJS", "CJT"), "SCONJ"),
    **dict.fromkeys(("POS", "TO0", "XX0"), "PART"),
    **dict.fromkeys(("PUN", "PUL", "PUQ", "PUR"), "PUNCT"),
    "NP0": "PROPN",
    "CJC": "CCONJ",
    "CRD": "NUM",
    "ITJ": "INTJ",
    "VM0": "AUX",
}
_PENN: Final = {
    **dict.fromkeys(("JJ", "JJR", "JJS", "AFX"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS", "WRB"), "ADV"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    **dict.fromkeys(("DT", "PDT", "WDT"), "DET"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WP$", "EX"), "PRON"),
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("POS", "TO"), "PART"),
    **dict.fromkeys((".", ",", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP"), "PUNCT"),
    **dict.fromkeys(("$", "SYM"), "SYM"),
    **dict.fromkeys(("FW", "LS", "XX", "ADD"), "X"),
    "CC": "CCONJ",
    "CD": "NUM",
    "MD": "AUX",
    "UH": "INTJ",
}
_CLAUSE: Final = frozenset(("$.", "KON", "KOUS"))
_NOMINAL: Final = frozenset(("AJ0", "AJC", "AJS", "NN", "NN0", "NN1", "NN2", "NP0", "ORD", "CRD"))


def german(tags: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    """The parts of speech of one sentence by its STTS tags and lemmas."""
    return [_german(tags, lemmas, at) for at in range(len(tags))]


def _german(tags: Sequence[str], lemmas: Sequence[str], at: int) -> str:
    tag, lemma = tags[at], lemmas[at]
    kind = tag.partition("(")[0]
    if kind == "VA" and lemma in ("haben", "werden") and not _with_verb(tags, at):
        return "VERB"
    if kind == "VV" and lemma == "tun" and _with_verb(tags, at):
        return "AUX"  # ich tät schreiben
    return STTS.get(tag) or STTS.get(kind, "X")


def _with_verb(tags: Sequence[str], at: int) -> bool:
    """Whether a participle or infinitive stands in the same clause: behind up to its end, else before."""
    step = range(at + 1, len(tags))
    for other in step:
        if tags[other] in _CLAUSE or (tags[other] == "$," and other > at + 1):
            break
        if _is_infinite(tags[other]):
            return True
    for other in range(at - 1, -1, -1):
        if tags[other] in _CLAUSE or tags[other] == "$,":
            return False
        if _is_infinite(tags[other]):
            return True
    return False


def _is_infinite(tag: str) -> bool:
    return tag.startswith("V") and tag.endswith(("(PP)", "(INF)", "(IZU)"))


def english(tags: Sequence[str]) -> list[str]:
    """The parts of speech of one sentence by its C5 tags."""
    return [_english(tags, at) for at in range(len(tags))]


def _english(tags: Sequence[str], at: int) -> str:
    tag = tags[at]
    behind = [one for one in tags[at + 1 : at + 5] if one not in ("AV0", "XX0", "PNP", "PNI", "EX0")]
    if tag[:2] == "VB":
        return "AUX"
    if tag[:2] == "VH":
        return "AUX" if behind[:1] and behind[0][-1] == "N" and behind[0][0] == "V" else "VERB"
    if tag[:2] == "VD":
        return "AUX" if behind[:1] and behind[0][0] == "V" and behind[0][-1] in "IB" else "VERB"
    if tag[:2] == "VV":
        return "VERB"
    if tag in ("DT0", "DTQ") and tags[at + 1 : at + 2] and tags[at + 1] not in _NOMINAL:
        return "PRON"
    return _C5.get(tag, "X")


def penn(tag: str) -> str:
    """The part of speech of a Penn tag, for pipelines that give no other."""
    return _PENN.get(tag, "X")
