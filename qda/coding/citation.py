"""How a passage is cited: „…“ (Interview 2, Abs. 34), or as the study's own template says."""

import re
from typing import Final

from qda.coding import quoting
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import N_, _, language

# What a template may name, and what stands there.
PLACEHOLDERS: Final = (
    ("title", N_("title of the document")),
    ("paragraph", N_("paragraph, or first–last")),
    ("lines", N_("lines, first–last")),
    ("speaker", N_("label of the speaker")),
    ("case", N_("name of the case")),
)
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def checked_template(template: str) -> str:
    """``template`` without white space around it; empty means the usual way.

    :raises KnownError: it names what cannot stand there, or nothing that finds the place.
    """
    template = " ".join(template.split())
    named = _PLACEHOLDER.findall(template)
    known = {name for name, _words in PLACEHOLDERS}
    wrong = next((name for name in named if name not in known), None)
    if wrong is not None or re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        raise KnownError(
            _("“{name}” cannot stand in a citation. There are: {names}.").format(
                name=f"{{{wrong}}}" if wrong is not None else template,
                names=", ".join(f"{{{name}}}" for name, _words in PLACEHOLDERS),
            )
        )
    if template and not {"paragraph", "lines"} & set(named):
        raise KnownError(_("A citation needs {paragraph} or {lines}: else nobody finds the place."))
    return template


def paragraphs_cited(segment: SegmentRow) -> str:
    """The place without brackets: "Interview 2, para. 34", "…, paras. 34–36", "…, ll. 120–124".

    By the study's template; without one by paragraph, or by line where the file numbers its lines itself.
    """
    one = segment.paragraph == segment.last_paragraph or not segment.last_paragraph
    if segment.citation:
        return _filled(segment)
    if segment.lines:
        template = _("{title}, ll. {lines}") if "–" in segment.lines else _("{title}, l. {lines}")
        return template.format(title=segment.title, lines=segment.lines)
    if one:
        return _("{title}, para. {paragraph}").format(title=segment.title, paragraph=segment.paragraph)
    return _("{title}, paras. {first}–{last}").format(
        title=segment.title, first=segment.paragraph, last=segment.last_paragraph
    )


def _filled(segment: SegmentRow) -> str:
    one = segment.paragraph == segment.last_paragraph or not segment.last_paragraph
    paragraph = segment.paragraph if one else f"{segment.paragraph}–{segment.last_paragraph}"
    values = {
        "title": segment.title,
        "paragraph": paragraph,
        "lines": segment.lines or paragraph,
        "speaker": segment.speaker,
        "case": segment.case_name,
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], segment.citation)


def quoted(words: str) -> str:
    """Words in the quotation marks of the current language; quotations inside alternate."""
    return quoting.quoted(words.strip(), language())


def spoken(segment: SegmentRow) -> str:
    """The words of a passage without a speaker's label at its beginning, on one line."""
    words = segment.text
    label = f"{segment.speaker}:"
    if segment.speaker and words.startswith(label):
        words = words[len(label) :]
    return " ".join(words.split())


def may_quote(segment: SegmentRow) -> bool:
    """Whether the words of a passage may leave the study: nobody who speaks in it has said no."""
    return segment.quote != "no"


def withheld() -> str:
    """What stands in place of words that may not be quoted."""
    return _("[quotation withheld: no consent]")


def cited(segment: SegmentRow) -> str:
    """Quotation and place, as it is copied: „…“ (Interview 2, Abs. 34). Without consent no words."""
    if not may_quote(segment):
        return f"{withheld()} ({paragraphs_cited(segment)})"
    return f"{quoted(spoken(segment))} ({paragraphs_cited(segment)})"
