"""The pages of a Word document: their size and margins, what stands at their head and foot."""

from dataclasses import dataclass
from typing import Final

from qda.reports import docx_styles as look

_LEAST_TEXT: Final = 2_835  # 5 cm: a template that leaves less for the text is a slip


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in twentieths of a point, upright.

    ``foreign``: it is that of a template. Then ``lines`` are its references to header and footer and
    ``borders`` what it draws around the page, as WordprocessingML; ``titled``: its first page has a header
    and footer of its own; ``numbered``: its headings bear numbers.
    """

    width: int = look.PAGE_WIDTH
    height: int = look.PAGE_HEIGHT
    top: int = look.MARGIN_TOP
    right: int = look.MARGIN_SIDE
    bottom: int = look.MARGIN_BOTTOM
    left: int = look.MARGIN_SIDE
    header: int = 794
    footer: int = 737
    gutter: int = 0
    foreign: bool = False
    lines: str = ""
    borders: str = ""
    titled: bool = True
    numbered: bool = True

    def text_width(self, *, landscape: bool = False) -> int:
        """How wide the text is."""
        across = self.height if landscape else self.width
        return max(_LEAST_TEXT, across - self.left - self.right - self.gutter)

    def text_height(self, *, landscape: bool = False) -> int:
        """How high the text is."""
        down = self.width if landscape else self.height
        return max(_LEAST_TEXT, down - abs(self.top) - abs(self.bottom))

    def section(self, *, landscape: bool, first: bool) -> str:
        """The properties of a stretch of pages; the ``first`` one carries header and footer."""
        size = f'w:w="{self.width}" w:h="{self.height}"'
        if landscape:
            size = f'w:w="{self.height}" w:h="{self.width}" w:orient="landscape"'
        return (
            f"<w:sectPr>{self.lines if first else ''}"
            f'<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar w:top="{self.top}" w:right="{self.right}" '
            f'w:bottom="{self.bottom}" w:left="{self.left}" w:header="{self.header}" '
            f'w:footer="{self.footer}" w:gutter="{self.gutter}"/>{self.borders}'
            + ("<w:titlePg/>" if first and self.titled else "")
            + "</w:sectPr>"
        )


OURS: Final = Frame()
