"""Notes at the cells of a sheet, as spreadsheets show them where one points: the texts, and the boxes that they stand in.

The boxes are VML, older than the rest of ECMA-376, but without them Excel shows no note and takes the file for a broken one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from api.exports.xlsx import MAIN, XML, clean

_BY: Final = "账图 Zhangtu"
_FIRST: Final = 1025
_A_BLOCK: Final = 1024
_NOTE_STYLE: Final = (
    "position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:80pt;z-index:1;visibility:hidden"
)
_BOXES_BEGIN: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NAMESPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """`row` and `column` are counted from 0; `cell` is the same as spreadsheets name it."""

    row: int
    column: int
    cell: str
    text: str


def comments(notes: Sequence[Note]) -> Iterator[str]:
    yield f'{XML}<comments xmlns="{MAIN}"><authors><author>{_BY}</author></authors><commentList>'
    for one in notes:
        text = f'<t xml:space="preserve">{escape(clean(one.text))}</t>'
        yield f'<comment ref="{one.cell}" authorId="0"><text><r>{text}</r></text></comment>'
    yield "</commentList></comments>"


def boxes(notes: Sequence[Note]) -> Iterator[str]:
    """One for each note, hidden until somebody points at its cell."""
    blocks = ",".join(str(1 + number) for number in range(1 + len(notes) // _A_BLOCK))
    yield f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>{_BOXES_BEGIN}'
    for number, one in enumerate(notes, _FIRST):
        yield (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="{_NOTE_STYLE}" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{_anchor(one)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{one.row}</x:Row><x:Column>{one.column}</x:Column></x:ClientData></v:shape>"
        )
    yield "</xml>"


def _anchor(one: Note) -> str:
    """From the cell beside it, three columns wide and five rows high."""
    top = max(0, one.row - 1)
    return f"{one.column + 1}, 15, {top}, 10, {one.column + 4}, 15, {top + 5}, 4"
