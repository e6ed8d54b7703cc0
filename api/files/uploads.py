"""What may be attached: papers, pictures and tables, told by what is in them and not by what they are called."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from domain.kernel.errors import InvalidValue

LONGEST_NAME = 200
_PAGE = re.compile(rb"\A\s*<[!?/a-z]", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# Besides control characters: those that turn writing round, so that "gpj.exe" is read as "exe.jpg".
_UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


class FileKindRefused(InvalidValue):
    code = "file-kind-refused"
    zh = "不接受这种文件。可以上传：{kinds}。"
    en = "Files of this kind are not taken. These are: {kinds}."


class FileWithMacros(InvalidValue):
    code = "file-with-macros"
    zh = "文件带有宏，请另存为不带宏的格式后再上传。"
    en = "The file has macros. Save it without them and upload that."


class FileLocked(InvalidValue):
    code = "file-locked"
    zh = "文件设了打开密码，别人打不开。请在 Excel、Word 或 WPS 中去掉密码，保存后再上传。"
    en = "The file asks for a password, so nobody else can open it. Take it off in Excel, Word or WPS, save and upload that."


class FileNameInvalid(InvalidValue):
    code = "file-name-invalid"
    field = "query.name"
    zh = '文件名最多 200 个字符，不能含有 / \\ : * ? " < > | 和控制字符。'
    en = 'A file name has 200 characters at most, none of / \\ : * ? " < > | and no control characters.'


class FileNameDisagrees(InvalidValue):
    code = "file-name-disagrees"
    field = "query.name"
    zh = "文件名以 .{given} 结尾，内容却是 {kind}。请核对是否传错了文件。"
    en = "The name ends in .{given}, but the content is {kind}. Check that this is the right file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: the name it is saved under ends in the first of `endings`."""

    endings: tuple[str, ...]
    holds: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_text(content: bytes, encoding: str = "utf-8") -> bool:
    """Words and tables; nothing that any program could take for a page."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not (_PAGE.match(content.removeprefix(b"\xef\xbb\xbf")) or _CONTROL.search(content))


def _is_words(content: bytes) -> bool:
    """Also a table in the encodings that Chinese spreadsheets write: lines of several cells, or what says that it is UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    return _is_text(content) or (_is_text(content, "gb18030") and bool(_CELLS.search(content)))


def _is_drawing(content: bytes) -> bool:
    """A DXF, in whatever encoding; nothing in it runs."""
    return _DRAWING.match(content[:4096]) is not None


_DRAWING = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s*999\r?\n[^\n]*\n)*\s*0\r?\n\s*SECTION\r?\n|\AAutoCAD Binary DXF\r\n")
_CELLS = re.compile(rb"\A[^\r\n]*[,;\t]")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def _packed(*inside: str) -> Callable[[bytes], bool]:
    """A zip archive that holds an entry of one of these names; with none, any."""

    def holds(content: bytes) -> bool:
        names = _names(content)
        return names is not None and (not inside or any(name in names for name in inside))

    return holds


def _names(content: bytes) -> frozenset[str] | None:
    """Of what a zip archive holds. Read from its list: nothing is unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return None


KINDS: Final = (
    Kind(endings=("pdf",), holds=_begins(b"%PDF-")),
    Kind(endings=("jpg", "jpeg"), holds=_begins(b"\xff\xd8\xff")),
    Kind(endings=("png",), holds=_begins(b"\x89PNG\r\n\x1a\n")),
    Kind(endings=("gif",), holds=_begins(b"GIF87a", b"GIF89a")),
    Kind(endings=("webp",), holds=_is_webp),
    Kind(endings=("tif", "tiff"), holds=_begins(b"II*\x00", b"MM\x00*")),
    Kind(endings=("ofd",), holds=_packed("OFD.xml")),
    Kind(endings=("docx",), holds=_packed("word/document.xml")),
    Kind(endings=("xlsx",), holds=_packed("xl/workbook.xml")),
    Kind(endings=("pptx",), holds=_packed("ppt/presentation.xml")),
    Kind(endings=("zip",), holds=_packed()),
    Kind(endings=("doc", "xls", "ppt", "wps", "et", "dps"), holds=_begins(_COMPOUND)),
    Kind(endings=("dwg",), holds=_begins(b"AC10")),
    Kind(endings=("dxf",), holds=_is_drawing),
    Kind(endings=("txt", "csv", "json", "geojson", "md", "dxf", "log"), holds=_is_words),
)
"""In the order in which they are asked: a document is an archive too."""


def kind_of(content: bytes) -> Kind | None:
    return next((kind for kind in KINDS if kind.holds(content)), None)


def ending_of(content: bytes) -> str:
    """What a name of it ends in, so that whoever saved it can open it. Files taken before any were refused are just bytes."""
    kind = kind_of(content)
    return "bin" if kind is None else kind.endings[0]


def require_fit(content: bytes, name: str | None) -> None:
    """Rule: a file is of a kind that bureaus attach, brings no program along, and is what its name says."""
    kind = kind_of(content)
    if kind is None:
        raise FileKindRefused(kinds=list(dict.fromkeys(ending for kind in KINDS for ending in kind.endings)))
    if content.startswith(_COMPOUND) and _LOCKED in content:
        raise FileLocked
    if _has_macros(content):
        raise FileWithMacros
    if name is not None:
        _require_name(name, kind)


def _has_macros(content: bytes) -> bool:
    if content.startswith(_COMPOUND):
        return _COMPOUND_MACROS in content
    return any(name.endswith("vbaProject.bin") for name in _names(content) or ())


def _require_name(name: str, kind: Kind) -> None:
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if not name.strip(" .") or len(name) > LONGEST_NAME or _UNSAFE_NAME.search(name):
        raise FileNameInvalid
    if ending not in kind.endings:
        raise FileNameDisagrees(given=ending, kind=" / ".join(kind.endings))
