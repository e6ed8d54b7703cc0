"""What is refused about drawings, and what to do."""

from __future__ import annotations

from api.refusals import NotThere
from domain.kernel.errors import Refusal


class DrawingUnknown(NotThere):
    zh = "没有这份图纸。只有上传者本人能看到自己导入的图纸。"
    en = "There is no such drawing. Only who brought it in sees it."


class DrawingUnreadable(Refusal):
    code = "drawing-unreadable"
    field = "files"
    zh = "文件“{name}”不是可以读取的图纸。请用 DXF、GeoJSON，或把 SHP 的各个文件打成一个 ZIP。"
    en = "The file “{name}” is no drawing that can be read. Use DXF, GeoJSON, or the files of a shapefile packed into one ZIP."


class DrawingIsDwg(Refusal):
    code = "drawing-is-dwg"
    field = "files"
    zh = "文件“{name}”是 DWG。请在制图软件里选“另存为”，类型选 DXF（2010 版即可），再上传。"
    en = "The file “{name}” is a DWG. In the drawing program choose “Save as”, type DXF (2010 will do), and send that."


class DrawingTooLarge(Refusal):
    code = "drawing-too-large"
    field = "files"
    zh = "文件“{name}”展开后过大，或读取超时。请只留下房间轮廓、墙和房间号所在的图层，另存为新的 DXF 再上传。"
    en = "The file “{name}” unfolds to too much, or takes too long. Keep only the layers with outlines, walls and numbers, and save those as a new DXF."


class PointsPlaceNothing(Refusal):
    code = "control-points"
    field = "placing.points"
    zh = "至少要两个控制点，图上和实地都要相距半米以上，最好取楼的两个对角。"
    en = "At least two control points are needed, half a metre apart or more on the drawing and on the ground; two opposite corners are best."


class PointsFarOff(Refusal):
    code = "control-points-outside"
    field = "placing.points"
    zh = "控制点不在 {system} 能表示的我国范围内。请核对坐标系，以及经纬度（或东、北坐标）的先后。"
    en = "The control points lie outside of China in {system}. Check the system, and which number comes first: longitude or easting."


class OwnNotPlaces(Refusal):
    code = "own-coordinates"
    field = "placing.system"
    zh = "图上的坐标在 {system} 中不在我国范围内，不能直接用作位置。请选对坐标系，或改用控制点。"
    en = "In {system} the coordinates of the drawing lie outside of China. Choose the right system, or use control points."


class NoRoomsToPlaceBy(Refusal):
    code = "no-rooms-to-place-by"
    field = "placing.by"
    zh = "图上和台账里房间号相同、且台账里已有轮廓的房间不足两个。请改用控制点。"
    en = "Fewer than two rooms of the drawing have an outline in the ledger under the same number. Use control points."


class NothingToRecord(Refusal):
    code = "drawing-nothing-to-record"
    zh = "没有选中任何要登记的差异。"
    en = "No difference was chosen to be recorded."


class DrawingRecorded(Refusal):
    code = "drawing-recorded"
    zh = "这份图纸已经登记入账，不能再改。需要更正时，请按更正办理，或重新导入。"
    en = "This drawing is recorded and cannot be changed any more. Correct what was recorded, or bring it in anew."
