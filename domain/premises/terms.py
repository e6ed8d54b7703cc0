"""The terms of premises: structures, purposes, states of title, modes of allocation and disposal, kinds of room."""

from typing import Self

from domain.kernel.labels import Term


class CompoundStatus(Term):
    OPEN = "open", "在册", "Open"
    CLOSED = "closed", "已注销", "Closed"


class BuildingStatus(Term):
    STANDING = "standing", "在册", "Standing"
    SWAPPED = "swapped", "已置换", "Swapped away"
    AUCTIONED = "auctioned", "已拍卖", "Auctioned"
    DEMOLISHED = "demolished", "已拆除", "Demolished"


class Structure(Term):
    STEEL = "steel", "钢结构", "Steel"
    REINFORCED_CONCRETE = "reinforced-concrete", "钢筋混凝土结构", "Reinforced concrete"
    MIXED = "mixed", "砖混结构", "Brick and concrete"
    BRICK_WOOD = "brick-wood", "砖木结构", "Brick and wood"
    SIMPLE = "simple", "简易结构", "Simple"
    OTHER = "other", "其他结构", "Other"


class Purpose(Term):
    OFFICE = "office", "办公", "Offices"
    BUSINESS_TECHNICAL = "business-technical", "技术业务", "Technical and business use"
    ARCHIVE = "archive", "档案", "Archive"
    SERVICE_HALL = "service-hall", "政务服务大厅", "Public service hall"
    CANTEEN = "canteen", "食堂", "Canteen"
    GARAGE = "garage", "车库", "Garage"
    STORAGE = "storage", "仓储", "Storage"
    STAFF_HOUSING = "staff-housing", "周转住房", "Staff housing"
    COMMUNITY = "community", "便民和社区服务", "Community services"
    COMMERCIAL = "commercial", "经营", "Commercial"
    OTHER = "other", "其他", "Other"


class TitleState(Term):
    REGISTERED = "registered", "已登记", "Registered"
    FILED = "filed", "已备案", "Filed, not registered"
    UNKNOWN = "unknown", "权属不明", "Unknown"
    DISPUTED = "disputed", "有争议", "Disputed"


class AllocationMode(Term):
    """Written in the order in which the rules prefer them."""

    REALLOCATE = "reallocate", "调剂", "Reallocate"
    SWAP = "swap", "置换", "Swap"
    RENT = "rent", "租用", "Rent"
    BUILD = "build", "建设", "Build"

    def preferred(self) -> tuple[Self, ...]:
        """Name the modes that come before this one."""
        modes = tuple(type(self))
        return modes[: modes.index(self)]


class RepairStage(Term):
    UNDER_WAY = "under-way", "施工中", "Under way"
    ACCEPTED = "accepted", "已竣工验收", "Accepted"


class Condition(Term):
    SOUND = "sound", "完好", "Sound"
    FAIRLY_SOUND = "fairly-sound", "基本完好", "Fairly sound"
    WORN = "worn", "一般损坏", "Worn"
    BADLY_DAMAGED = "badly-damaged", "严重损坏", "Badly damaged"
    DANGEROUS = "dangerous", "危险房屋", "Dangerous"


class DisposalMode(Term):
    REALLOCATE = "reallocate", "调剂使用", "Reallocate"
    CONVERT = "convert", "转换用途", "Convert to another purpose"
    SWAP = "swap", "置换", "Swap"
    LET = "let", "出租", "Let"
    AUCTION = "auction", "拍卖", "Auction"
    DEMOLISH = "demolish", "拆除", "Demolish"

    def ending(self) -> BuildingStatus | None:
        """Say what the building is once disposed of this way; None: it goes on standing."""
        return _ENDINGS.get(self)


_ENDINGS = {
    DisposalMode.SWAP: BuildingStatus.SWAPPED,
    DisposalMode.AUCTION: BuildingStatus.AUCTIONED,
    DisposalMode.DEMOLISH: BuildingStatus.DEMOLISHED,
}


class DisposalStage(Term):
    OPENED = "opened", "已提出", "Opened"
    APPROVED = "approved", "已批准", "Approved"
    COMPLETED = "completed", "已完成", "Completed"
    ABANDONED = "abandoned", "已终止", "Abandoned"

    @property
    def is_under_way(self) -> bool:
        return self in (DisposalStage.OPENED, DisposalStage.APPROVED)


class RoomCategory(Term):
    OFFICE = "office", "办公室", "Office"
    SERVICE = "service", "服务用房", "Service room"
    EQUIPMENT = "equipment", "设备用房", "Equipment room"
    ANCILLARY = "ancillary", "附属用房", "Ancillary room"
    TECHNICAL = "technical", "技术业务用房", "Technical and business room"


class RoomStatus(Term):
    IN_SERVICE = "in-service", "在册", "In service"
    SPLIT = "split", "已拆分", "Split"
    MERGED = "merged", "已合并", "Merged"
    RETIRED = "retired", "已注销", "Retired"
