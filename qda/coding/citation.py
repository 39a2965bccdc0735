"""How a passage is cited: „…“ (Interview 2, Abs. 34)."""

from qda.coding.rows import SegmentRow
from qda.i18n import _, language


def paragraphs_cited(segment: SegmentRow) -> str:
    """The place without brackets: "Interview 2, para. 34" or "…, paras. 34–36"."""
    if segment.paragraph == segment.last_paragraph or not segment.last_paragraph:
        return _("{title}, para. {paragraph}").format(title=segment.title, paragraph=segment.paragraph)
    return _("{title}, paras. {first}–{last}").format(
        title=segment.title, first=segment.paragraph, last=segment.last_paragraph
    )


def quoted(words: str) -> str:
    """Words in the quotation marks of the current language; marks inside become single ones."""
    inner = words.strip()
    if language() == "de":
        inner = inner.replace("„", "‚").replace("“", "‘").replace("”", "‘")
        return f"„{inner}“"
    inner = inner.replace("“", "‘").replace("”", "’").replace("„", "‘")
    return f"“{inner}”"


def spoken(segment: SegmentRow) -> str:
    """The words of a passage without a speaker's label at its beginning, on one line."""
    words = segment.text
    label = f"{segment.speaker}:"
    if segment.speaker and words.startswith(label):
        words = words[len(label) :]
    return " ".join(words.split())


def cited(segment: SegmentRow) -> str:
    """Quotation and place, as it is copied: „…“ (Interview 2, Abs. 34)."""
    return f"{quoted(spoken(segment))} ({paragraphs_cited(segment)})"
