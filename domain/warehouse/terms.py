"""The terms of the warehouse: forms, grades, states, and the grounds on which something is refused, withdrawn or disposed of."""

from domain.kernel.labels import Term


class WarehouseForm(Term):
    PHYSICAL = "physical", "实体仓", "Physical warehouse"
    VIRTUAL = "virtual", "虚拟仓", "Virtual warehouse"


class WarehouseStatus(Term):
    OPEN = "open", "启用", "Open"
    CLOSED = "closed", "关闭", "Closed"


class Grade(Term):
    """From best to worst, in this order."""

    A = "a", "完好", "Sound"
    B = "b", "可用", "Usable"
    C = "c", "待修", "To be repaired"
    D = "d", "待报废", "To be scrapped"


class ItemStatus(Term):
    WITH_UNIT = "with-unit", "单位占用", "With its unit"
    ENTRY_REQUESTED = "entry-requested", "申请入仓", "Entry requested"
    INSPECTED = "inspected", "已查验", "Inspected for entry"
    STORED = "stored", "在仓", "In the warehouse"
    LOAN_REQUESTED = "loan-requested", "申请借用", "Loan requested"
    LOAN_APPROVED = "loan-approved", "已批准借用", "Loan approved"
    LENT = "lent", "借出", "Lent"
    IN_TRANSFER = "in-transfer", "调拨中", "In transfer"
    DISPOSAL_REQUESTED = "disposal-requested", "申请处置", "Disposal requested"
    DISPOSAL_DECIDED = "disposal-decided", "已批准处置", "Disposal decided"
    DISPOSED = "disposed", "已处置", "Disposed of"


class EntryRefusalGround(Term):
    SCRAP = "scrap", "已无使用价值", "It is scrap"
    INCOMPLETE_PAPERS = "incomplete-papers", "资料不全", "Papers are incomplete"
    UNSAFE = "unsafe", "存在安全隐患", "It is unsafe"
    NO_USE = "no-use", "没有调剂使用需求", "Nobody has a use for it"
    NOT_AS_DECLARED = "not-as-declared", "与申报不符", "It is not what was declared"
    NO_ROOM = "no-room", "无存放条件", "It cannot be kept here"


class PublishedFor(Term):
    BORROWING = "borrowing", "借用", "Borrowing"
    TRANSFER = "transfer", "调拨", "Transfer"
    BOTH = "both", "借用或调拨", "Borrowing or transfer"


class WithdrawalReason(Term):
    NEEDED_BY_OWNER = "needed-by-owner", "原单位恢复使用", "The owner needs it again"
    HANDED_BACK = "handed-back", "退回原单位", "Handed back to the owner"


class DisposalGround(Term):
    """When an asset may be written off: 国令第738号第二十三条."""

    OBSOLETE = "obsolete", "因技术原因确需淘汰", "Technically obsolete"
    NOT_WORTH_REPAIR = "not-worth-repair", "无法维修或者无维修价值", "Beyond repair or not worth it"
    LOSS = "loss", "盘亏或者非正常损失", "Lost"
    PAST_LIFE = "past-life", "超过使用年限且无法满足现有工作需要", "Past its life and unfit"
    FORCE_MAJEURE = "force-majeure", "不可抗力造成毁损、灭失", "Destroyed by force majeure"


class DisposalMode(Term):
    AUCTION = "auction", "拍卖", "Auction"
    RECYCLE = "recycle", "回收", "Recycling"
    SCRAP = "scrap", "报废、报损", "Write-off"
    DONATE = "donate", "捐赠", "Donation"


class LotStatus(Term):
    OPEN = "open", "在册", "Open"
    CLOSED = "closed", "已结清", "Closed"


class WriteOffGround(Term):
    EXPIRED = "expired", "过期", "Expired"
    DAMAGED = "damaged", "毁损", "Damaged"
    LOST = "lost", "灭失", "Lost"
