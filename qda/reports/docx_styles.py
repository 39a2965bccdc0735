"""How a report looks in Word: styles, numbering and settings as WordprocessingML, on A4.

Built-in styles keep their names (Heading 1, Caption, Quote, Table of contents), so that Word's own tools and
a university's template work with them. Lengths are in twentieths of a point, sizes in half points.
"""

from typing import Final

from qda.i18n import Language
from qda.reports.model import Numbered, plain
from qda.reports.numbering import NUMBERED_LEVELS

FACE: Final = "Cambria"
PAGE_WIDTH: Final = 11_906
PAGE_HEIGHT: Final = 16_838
MARGIN_SIDE: Final = 1_531
MARGIN_TOP: Final = 1_588
MARGIN_BOTTOM: Final = 1_474
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN_SIDE
WIDE_TEXT_WIDTH: Final = PAGE_HEIGHT - 2 * MARGIN_SIDE
NUMBER_WIDTH: Final = 680
READING_MARGIN: Final = 3_000
_SIGN: Final = 105  # the width of a letter on average

TEXT_COLOUR: Final = "20242A"
SECOND_COLOUR: Final = "494E56"
LINE_COLOUR: Final = "C4C0B7"

HEADING_NUMBERS: Final = 1
BULLETS: Final = 2
FIRST_ORDERED: Final = 3

_CONTENTS: Final = ((140, 510, 510), (30, 1190, 680), (20, 2040, 850))  # room above, indent, hanging
_BOLD: Final = "<w:b/><w:bCs/>"
_SECOND: Final = f'<w:color w:val="{SECOND_COLOUR}"/>'
_HEADLINE: Final = "<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>"
_NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TAGS: Final[dict[Language, str]] = {"de": "de-DE", "en": "en-GB"}


def language_tag(language: Language) -> str:
    """The tag for ``w:lang``."""
    return _TAGS[language]


def styles(language: Language, *, width: int = TEXT_WIDTH) -> str:
    """The document's styles; ``width`` is that of its text."""
    return (
        f"<w:styles {_NS}>{_defaults(language)}{_headings()}{_text_styles()}{_contents_styles(width)}"
        f"{_small_styles()}{_character_styles()}{_table_style()}</w:styles>"
    )


def _defaults(language: Language) -> str:
    tag = language_tag(language)
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    hidden = '<w:uiPriority w:val="99"/><w:semiHidden/>'
    return f"""<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="Times New Roman"/>
<w:color w:val="{TEXT_COLOUR}"/>{_size(22)}<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="he-IL"/>
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>{_spacing(line=240)}</w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/>{hidden}</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>{hidden}
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>{hidden}</w:style>
"""


def _paragraph(
    ident: str, name: str, ppr: str = "", rpr: str = "", *, based: str = "Normal", then: str = ""
) -> str:
    after = f'<w:next w:val="{then}"/>' if then else ""
    custom = ' w:customStyle="1"' if ident.startswith("Qda") else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{ident}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{after}<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>\n'
    )


def _spacing(*, before: int = 0, after: int = 0, line: int = 252) -> str:
    """Room above and below, and the distance of lines in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _headings() -> str:
    made = []
    sizes = ((34, 480, 160), (27, 400, 120), (23, 320, 80), (22, 240, 60), (22, 200, 40))
    for level, (size, before, after) in enumerate(sizes, start=1):
        bound = f'<w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADING_NUMBERS}"/>'
        number = f"<w:numPr>{bound}</w:numPr>" if level <= NUMBERED_LEVELS else ""
        ppr = (
            f"<w:keepNext/><w:keepLines/>{number}<w:suppressAutoHyphens/>"
            f'{_spacing(before=before, after=after)}<w:outlineLvl w:val="{level - 1}"/>'
        )
        manner = _BOLD if level < len(sizes) else "<w:i/><w:iCs/>"
        made.append(
            _paragraph(f"Heading{level}", f"heading {level}", ppr, manner + _size(size), then="BodyText")
        )
    return "".join(made)


def _text_styles() -> str:
    rule = f'w:val="single" w:sz="4" w:space="6" w:color="{LINE_COLOUR}"'
    frame = f"<w:pBdr><w:top {rule}/><w:bottom {rule}/></w:pBdr>"
    quote = _spacing(before=80, after=160, line=281) + '<w:ind w:left="397" w:right="397"/>'
    entry = _spacing(after=60, line=288)
    made = (
        _paragraph("BodyText", "Body Text", _spacing(after=120, line=295)),
        _paragraph("Quote", "Quote", "<w:keepLines/>" + quote, _size(21), then="BodyText"),
        _paragraph("ListBullet", "List Bullet", entry),
        _paragraph("ListNumber", "List Number", entry),
        _paragraph("Title", "Title", _HEADLINE + _spacing(after=120), _BOLD + _size(52), then="Subtitle"),
        _paragraph(
            "Subtitle",
            "Subtitle",
            _HEADLINE + _spacing(after=480, line=264),
            _SECOND + _size(28),
            then="BodyText",
        ),
        _numbered(),
        _paragraph("QdaCover", "Cover Line", _spacing(after=40, line=276), _SECOND),
        _paragraph("QdaNotice", "Cover Notice", frame + _spacing(before=480, after=240, line=276)),
    )
    return "".join(made)


def _numbered() -> str:
    """Texts with numbers at their left; for reading on paper with room to write at the right."""
    hanging = f'<w:tabs><w:tab w:val="left" w:pos="{NUMBER_WIDTH}"/></w:tabs>'
    indent = f'w:left="{NUMBER_WIDTH}" w:hanging="{NUMBER_WIDTH}"'
    reading = _spacing(after=140, line=360) + f'<w:ind {indent} w:right="{READING_MARGIN}"/>'
    return _paragraph(
        "QdaNumbered", "Numbered Text", f"{hanging}{_spacing(after=100, line=281)}<w:ind {indent}/>"
    ) + _paragraph("QdaReading", "Numbered Text for Reading", hanging + reading)


def reading_margin(text: Numbered) -> int:
    """The margin at the right of a text for reading; smaller where its numbered lines need the room."""
    if not any(line.joined for line in text.lines):
        return READING_MARGIN
    longest = max(len(plain(line.runs)) for line in text.lines)
    return max(0, min(READING_MARGIN, TEXT_WIDTH - NUMBER_WIDTH - longest * _SIGN))


def contents_tabs(level: int, width: int) -> str:
    """Where number, title and page of an entry of the table of contents stand; ``level`` from 1."""
    left = _CONTENTS[level - 1][1]
    return (
        f'<w:tabs><w:tab w:val="left" w:pos="{left}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    )


def _contents_styles(width: int) -> str:
    made = [_paragraph("TOCHeading", "TOC Heading", _HEADLINE + _spacing(after=240), _BOLD + _size(34))]
    for level, (before, left, hanging) in enumerate(_CONTENTS, start=1):
        tabs = f"{contents_tabs(level, width)}<w:suppressAutoHyphens/>"
        room = _spacing(before=before, after=20, line=264)
        indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        made.append(
            _paragraph(f"TOC{level}", f"toc {level}", tabs + room + indent, _BOLD if level == 1 else "")
        )
    return "".join(made)


def _small_styles() -> str:
    plain = "<w:suppressAutoHyphens/>"
    made = (
        _transcripts(),
        _paragraph(
            "Caption",
            "caption",
            "<w:keepLines/>" + _spacing(before=240, after=100, line=259),
            _size(18),
            then="BodyText",
        ),
        _paragraph("QdaNote", "Note", _spacing(after=140, line=259), _SECOND + _size(18), then="BodyText"),
        _paragraph("QdaFigure", "Figure", "<w:keepNext/>" + _spacing(before=240, line=240), then="Caption"),
        _paragraph("QdaTableText", "Table Text", _spacing(line=259), _size(19)),
        _paragraph("QdaTableHead", "Table Head", "<w:keepNext/>" + plain, _BOLD, based="QdaTableText"),
        _paragraph("QdaSpace", "Table Space", '<w:spacing w:line="200" w:lineRule="exact"/>'),
        _paragraph("Header", "header", plain, _SECOND + _size(17)),
        _paragraph("Footer", "footer", '<w:jc w:val="right"/>', _SECOND + _size(18)),
    )
    return "".join(made)


def _transcripts() -> str:
    """Transcripts with numbers at their left, and the comments in their margin."""
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{NUMBER_WIDTH}"/></w:tabs><w:suppressAutoHyphens/>'
    room = _spacing(after=90, line=276)
    hanging = f'<w:ind w:left="{NUMBER_WIDTH}" w:hanging="{NUMBER_WIDTH}"/>'
    within = f'<w:ind w:left="{NUMBER_WIDTH}"/>'
    return (
        _paragraph("QdaTranscript", "Transcript", tabs + room + hanging, _size(21))
        + _paragraph("QdaTranscriptLines", "Transcript Lines", tabs + room, _size(21))
        + _paragraph("QdaTranscriptHead", "Transcript Head", room + within, _SECOND + _size(19))
        + _paragraph("CommentText", "annotation text", _spacing(line=240), _size(18))
    )


def _character_styles() -> str:
    def style(ident: str, name: str, rpr: str) -> str:
        custom = ' w:customStyle="1"' if ident.startswith("Qda") else ""
        return (
            f'<w:style w:type="character"{custom} w:styleId="{ident}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{rpr}</w:rPr></w:style>\n'
        )

    return (
        style("Hyperlink", "Hyperlink", '<w:color w:val="24588A"/>')
        + style("QdaNumber", "Transcript Number", f'<w:color w:val="{SECOND_COLOUR}"/>{_size(17)}')
        + style("QdaTime", "Transcript Time", f'<w:color w:val="{SECOND_COLOUR}"/>{_size(16)}')
        + style("CommentReference", "annotation reference", _size(16))
        + style("QdaCitation", "Citation", f'<w:color w:val="{SECOND_COLOUR}"/>')
        + style(
            "QdaPlaceholder",
            "Placeholder",
            '<w:color w:val="8A4B00"/><w:u w:val="single" w:color="8A4B00"/>'
            '<w:shd w:val="clear" w:color="auto" w:fill="FBF0DC"/>',
        )
    )


def _table_style() -> str:
    heavy = f'w:val="single" w:sz="8" w:space="0" w:color="{TEXT_COLOUR}"'
    under_head = f'w:val="single" w:sz="6" w:space="0" w:color="{TEXT_COLOUR}"'
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE_COLOUR}"'
    return f"""<w:style w:type="table" w:customStyle="1" w:styleId="QdaTable"><w:name w:val="Report Table"/>
<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders><w:top {heavy}/><w:bottom {heavy}/>
<w:insideH {thin}/></w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="60" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:top {heavy}/><w:bottom {under_head}/>
</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def numbering(ordered_lists: int, *, bound: bool = True) -> str:
    """Heading numbers (``bound`` to their styles), bullets, one number sequence for each ordered list."""
    ordered = "".join(
        f'<w:num w:numId="{FIRST_ORDERED + index}"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for index in range(ordered_lists)
    )
    heads = "".join(
        _level(index, "decimal", text, left, left, style=f"Heading{index + 1}" if bound else "", light=True)
        for index, (text, left) in enumerate((("%1", 567), ("%1.%2", 737), ("%1.%2.%3", 907)))
    )
    bullets = "".join(
        _level(index, "bullet", sign, 284 * (index + 1), 284) for index, sign in enumerate("•–·")
    )
    numbers = "".join(
        _level(index, kind, f"%{index + 1}.", 397 * (index + 1), 397)
        for index, kind in enumerate(("decimal", "lowerLetter", "lowerRoman"))
    )
    return (
        f"<w:numbering {_NS}>"
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{heads}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
        f'<w:num w:numId="{HEADING_NUMBERS}"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="2"/></w:num>{ordered}</w:numbering>'
    )


def _level(
    index: int, kind: str, text: str, left: int, hanging: int, *, style: str = "", light: bool = False
) -> str:
    bound = f'<w:pStyle w:val="{style}"/>' if style else ""
    manner = '<w:b w:val="0"/><w:bCs w:val="0"/>' if light else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{bound}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr><w:rPr>{manner}</w:rPr></w:lvl>'
    )


def settings(language: Language) -> str:
    """Hyphenation, the mode of today's Word, the signs of the language; nothing that asks at opening."""
    tag = language_tag(language)
    decimal, separator = (",", ";") if language == "de" else (".", ",")
    return (
        f'<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="3"/><w:hyphenationZone w:val="284"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:val="15" '
        'w:uri="http://schemas.microsoft.com/office/word"/>'
        f'</w:compat><w:themeFontLang w:val="{tag}"/>'
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val="{separator}"/></w:settings>'
    )


def fonts() -> str:
    """The face, and what stands in for it where it is missing."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_NS}><w:font w:name="{FACE}">'
        '<w:altName w:val="Caladea;Charis SIL;Liberation Serif"/><w:panose1 w:val="02040503050406030204"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
