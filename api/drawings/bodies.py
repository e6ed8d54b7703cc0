"""What is sent about drawings."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from api import scalars
from api.batches.schema import Mandate
from api.schemas import Strictly
from domain.kernel.datums import CoordinateSystem

MOST_FILES = 20
_MOST = 20_000
_FAR = 1e8

Digest: Any = Annotated[
    str, Field(pattern="^[0-9a-f]{64}$", description="先用 POST /v1/files 上传 · Uploaded with POST /v1/files before")
]
Key: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Metres: TypeAlias = Annotated[float, Field(ge=-_FAR, le=_FAR, allow_inf_nan=False)]
Decision: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]+(:[a-z]+)?$", max_length=40)]
System: Any = Annotated[
    Literal[tuple(one.value for one in CoordinateSystem)], Field(description="坐标系 · The system of coordinates")
]


class DrawingFile(Strictly):
    file: Digest
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]


class DrawingAsked(Strictly):
    """One building; all its floors in one file, or a file a floor."""

    building: scalars.ID
    files: Annotated[tuple[DrawingFile, ...], Field(min_length=1, max_length=MOST_FILES)]


class ControlPoint(Strictly):
    """A place on the drawing, in metres from its lower left corner as it is told, and where that is."""

    drawn: tuple[Metres, Metres]
    placed: tuple[Metres, Metres]


class PlacingAsked(Strictly):
    """`points`: by two control points at least. `own`: its coordinates are places. `ledger`: by rooms that have outlines."""

    by: Literal["none", "points", "own", "ledger"] = "none"
    system: System | None = None
    points: Annotated[tuple[ControlPoint, ...], Field(max_length=50)] = ()


class Choices(Strictly):
    """How the files are read and placed, and what is to be recorded. What is not chosen is done as it seems best."""

    metres: Annotated[float | None, Field(gt=0, le=1000, description="一个图形单位是几米 · Metres of one unit")] = None
    split: Literal["layer", "block", "beside", "one"] | None = None
    layers: Annotated[tuple[Annotated[str, Field(max_length=255)], ...] | None, Field(max_length=_MOST)] = None
    floors: Annotated[dict[Key, int | None], Field(default_factory=dict, max_length=500)]
    shifts: Annotated[dict[Key, tuple[Metres, Metres]], Field(default_factory=dict, max_length=500)]
    placing: PlacingAsked = PlacingAsked()
    decisions: Annotated[
        dict[Key, Decision],
        Field(
            default_factory=dict,
            max_length=_MOST,
            description="按差异的 key；不写则按建议 · By the key of a difference",
        ),
    ]


class RecordAsked(Strictly):
    """On whose authority. The files are attached to the documents by their digests."""

    mandate: Mandate
