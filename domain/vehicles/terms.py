"""The terms of vehicles: what they are for, what happens to them, and how a journey goes."""

from domain.kernel.labels import Term


class VehicleCategory(Term):
    """What a vehicle is kept for; establishments are set by these."""

    CONFIDENTIAL = "confidential", "机要通信用车", "Confidential mail"
    EMERGENCY = "emergency", "应急保障用车", "Emergency"
    ENFORCEMENT = "enforcement", "执法执勤用车", "Law enforcement"
    TECHNICAL = "technical", "特种专业技术用车", "Special technical"
    RETIRED = "retired", "离退休干部服务用车", "Service to retired officials"
    RECEPTION = "reception", "接待调研用车", "Survey and reception"
    LEADERS = "leaders", "领导用车", "Leaders' travel"
    OTHER = "other", "其他公务用车", "Other"


class Body(Term):
    CAR = "car", "轿车", "Car"
    SUV = "suv", "SUV", "SUV"
    OFF_ROAD = "off-road", "越野车", "Off-road vehicle"
    BUSINESS = "business", "商务车", "Business van"
    MEDIUM_BUS = "medium-bus", "中型客车", "Medium bus"
    LARGE_BUS = "large-bus", "大型客车", "Large bus"
    OTHER = "other", "其他车型", "Other"


class Energy(Term):
    PETROL = "petrol", "汽油", "Petrol"
    DIESEL = "diesel", "柴油", "Diesel"
    GAS = "gas", "天然气", "Natural gas"
    HYBRID = "hybrid", "油电混合", "Hybrid"
    PLUG_IN = "plug-in", "插电式混合动力", "Plug-in hybrid"
    ELECTRIC = "electric", "纯电动", "Electric"
    FUEL_CELL = "fuel-cell", "燃料电池", "Fuel cell"

    @property
    def is_new(self) -> bool:
        return self in {Energy.PLUG_IN, Energy.ELECTRIC, Energy.FUEL_CELL}


class Acquisition(Term):
    """The ways in of the yearly return."""

    PURCHASE = "purchase", "购置", "Purchase"
    TRANSFER = "transfer", "调入", "Transfer"
    DONATION = "donation", "接受捐赠", "Donation"
    RENTAL = "rental", "租赁", "Rental"
    OTHER = "other", "其他", "Other"


class VehicleStatus(Term):
    IN_SERVICE = "in-service", "在用", "In service"
    DISPOSAL_REQUESTED = "disposal-requested", "申请处置", "Disposal requested"
    DISPOSAL_APPROVED = "disposal-approved", "待处置", "Awaiting disposal"
    DISPOSED = "disposed", "已处置", "Disposed of"


class DisposalMode(Term):
    """The ways out."""

    AUCTION = "auction", "公开拍卖", "Auction"
    MAKER = "maker", "厂家回收", "Taken back by the maker"
    SCRAP = "scrap", "报废", "Scrapped"


class Condition(Term):
    ROADWORTHY = "roadworthy", "车况良好", "Roadworthy"
    OUT_OF_SERVICE = "out-of-service", "停驶", "Out of service"


class SealReason(Term):
    HOLIDAY = "holiday", "节假日封存", "Sealed for a holiday"
    IDLE = "idle", "闲置封存", "Sealed while idle"
    INVESTIGATION = "investigation", "检查核查封存", "Sealed for an investigation"
    OTHER = "other", "其他封存", "Sealed for another reason"


class ServiceKind(Term):
    SELF = "self", "自助保养（每 2500 公里）", "Self-service, each 2,500 km"
    PERIODIC = "periodic", "定期保养（每 7000 公里）", "Periodic service, each 7,000 km"
    TYRES = "tyres", "更换轮胎（每 7 万公里）", "Tyres, each 70,000 km"
    OTHER = "other", "其他保养", "Other service"


class RepairState(Term):
    REQUESTED = "requested", "已申请", "Requested"
    JUDGED = "judged", "已鉴定", "Judged"
    APPROVED = "approved", "已批准", "Approved"
    REFUSED = "refused", "未批准", "Refused"
    DONE = "done", "已完工", "Done"


class Insurance(Term):
    COMPULSORY = "compulsory", "交强险", "Compulsory traffic insurance"
    COMMERCIAL = "commercial", "商业险", "Commercial insurance"
    PASSENGERS = "passengers", "座位险", "Passenger insurance"
    OTHER = "other", "其他险种", "Other"


class Liability(Term):
    FULL = "full", "全部责任", "Full"
    MAIN = "main", "主要责任", "Main"
    EQUAL = "equal", "同等责任", "Equal"
    SECONDARY = "secondary", "次要责任", "Secondary"
    NONE = "none", "无责任", "None"
    UNDETERMINED = "undetermined", "责任未定", "Not determined"


class CostKind(Term):
    TOLL = "toll", "过路过桥费", "Toll"
    PARKING = "parking", "停车费", "Parking"
    WASHING = "washing", "洗车费", "Washing"
    TAX = "tax", "车船税等税费", "Tax"
    RENT = "rent", "租赁费", "Rent"
    OTHER = "other", "其他费用", "Other"


class LicenceClass(Term):
    A1 = "A1", "A1 大型客车", "A1 large bus"
    A2 = "A2", "A2 重型牵引挂车", "A2 articulated lorry"
    A3 = "A3", "A3 城市公交车", "A3 city bus"
    B1 = "B1", "B1 中型客车", "B1 medium bus"
    B2 = "B2", "B2 大型货车", "B2 lorry"
    C1 = "C1", "C1 小型汽车", "C1 small vehicle"
    C2 = "C2", "C2 小型自动挡汽车", "C2 small automatic vehicle"

    def allows(self, body: Body) -> bool:
        """Whether the class lets its holder drive such a body (公安部令第162号, 准驾车型)."""
        if body is Body.LARGE_BUS:
            return self is LicenceClass.A1
        if body is Body.MEDIUM_BUS:
            return self in {LicenceClass.A1, LicenceClass.A2, LicenceClass.B1}
        return True


class DriverStatus(Term):
    ON_DUTY = "on-duty", "在岗", "On duty"
    SUSPENDED = "suspended", "停岗", "Suspended"
    RELEASED = "released", "已离岗", "Released"


class Purpose(Term):
    SURVEY = "survey", "调研", "Survey"
    EMERGENCY = "emergency", "应急处突", "Emergency"
    CONFIDENTIAL_MAIL = "confidential-mail", "机要通信", "Confidential mail"
    ENFORCEMENT = "enforcement", "执法执勤", "Law enforcement"
    RECEPTION = "reception", "公务接待", "Reception"
    COMMUTING = "commuting", "办公点间通勤", "Between office sites"
    OTHER = "other", "其他公务", "Other"


class JourneyStatus(Term):
    REQUESTED = "requested", "已申请", "Requested"
    APPROVED = "approved", "已批准", "Approved"
    REFUSED = "refused", "未批准", "Refused"
    DISPATCHED = "dispatched", "已派车", "Dispatched"
    DEPARTED = "departed", "已出车", "Departed"
    RETURNED = "returned", "已返回", "Returned"
    CLOSED = "closed", "已办结", "Closed"
    CANCELLED = "cancelled", "已取消", "Cancelled"


class FencePurpose(Term):
    NO_DISPATCH = "no-dispatch", "四至范围（范围内不派车）", "No car is sent inside"
    PARKING = "parking", "固定停放", "Fixed parking"
    SEALING = "sealing", "节假日封存", "Sealed for holidays"


class FenceStatus(Term):
    """A geofence that was drawn and is not in force now lies dormant."""

    IN_FORCE = "in-force", "生效中", "In force"
    DORMANT = "dormant", "未生效", "Not in force"
    RETIRED = "retired", "已撤销", "Retired"
