"""The terms of organisations: kinds and levels of units, ranks and staff types."""

from domain.kernel.labels import Term


class UnitKind(Term):
    PARTY = "party", "党的机关", "Party organ"
    GOVERNMENT = "government", "行政机关", "Government department"
    CONGRESS = "congress", "人大机关", "People's congress"
    CONSULTATIVE = "consultative", "政协机关", "Political consultative conference"
    JUDICIAL = "judicial", "监察、审判、检察机关", "Supervisory or judicial organ"
    MASS = "mass-organisation", "群团机关", "Mass organisation"
    INSTITUTION = "institution", "事业单位", "Public institution"
    TEMPORARY = "temporary", "临时机构", "Temporary agency"
    OTHER = "other", "其他", "Other"


class Level(Term):
    CENTRAL = "central", "中央", "Central"
    PROVINCE = "province", "省级", "Province"
    PREFECTURE = "prefecture", "市级", "Prefecture"
    COUNTY = "county", "县级", "County"
    TOWNSHIP = "township", "乡级", "Township"


class Rank(Term):
    MINISTRY_CHIEF = "ministry-chief", "省部级正职", "Minister or provincial chief"
    MINISTRY_DEPUTY = "ministry-deputy", "省部级副职", "Vice-minister or provincial deputy"
    BUREAU_CHIEF = "bureau-chief", "厅局级正职", "Department or bureau chief"
    BUREAU_DEPUTY = "bureau-deputy", "厅局级副职", "Department or bureau deputy"
    DIVISION_CHIEF = "division-chief", "县处级正职", "Division or county chief"
    DIVISION_DEPUTY = "division-deputy", "县处级副职", "Division or county deputy"
    SECTION_CHIEF = "section-chief", "乡科级正职", "Section or township chief"
    SECTION_DEPUTY = "section-deputy", "乡科级副职", "Section or township deputy"
    STAFF = "staff", "科级以下", "Below section rank"


class StaffType(Term):
    ESTABLISHED = "established", "编制内", "Statutory staff"
    PUBLIC_POST = "public-post", "公益性岗位", "Public-post staff"
    VOLUNTEER = "western-volunteer", "西部志愿者", "Western volunteer"
    RURAL_SERVICE = "rural-service", "三支一扶", "Rural-service graduate"
    CONTRACTOR = "contractor", "劳务外包", "Contractor"
    SECONDED = "seconded", "借调", "Seconded"
    OTHER = "other", "其他", "Other"


class UnitStatus(Term):
    ACTIVE = "active", "在册", "Active"
    MERGED = "merged", "已并入", "Merged"
    ABOLISHED = "abolished", "已撤销", "Abolished"
