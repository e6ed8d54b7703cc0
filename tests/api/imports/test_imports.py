"""Spreadsheets in: read as they come, every error at its cell, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.imports.conftest import GRANTED, Desk, at
from tests.api.imports.spreadsheets import a_workbook, cells_of, notes_of, styles_of
from tests.stores import run

HEADER = ("楼栋", "楼层", "房间号", "房间类别", "使用面积")


def test_a_table_of_rooms_is_checked_shown_and_then_applied_as_one_command(desk: Desk) -> None:
    head = desk.office.head()
    told = desk.send("rooms.register", a_workbook(
        HEADER, ("行政楼", 3, "301", "办公室", 36.5), ("F-001", "三层", "３０２", "会议室", "48 ㎡"),
    ))  # fmt: skip
    assert (told["state"], told["outcome"]["right"], told["outcome"]["rows"]) == ("checked", True, 2), at(told)
    assert told["may"] == ["check", "apply"]
    assert desk.office.head() == head
    assert told["outcome"]["first"][1]["cells"][2]["zh"] == "302"
    [category] = [one for one in told["outcome"]["tallies"] if one["zh"] == "房间类别"]
    assert {one["zh"]: one["rows"] for one in category["values"]} == {"办公室": 1, "服务用房": 1}

    desk.applied(told)
    assert desk.office.head() == head + 2
    rooms = {row["number"]: row for row in desk.rows("rooms") if row["number"] in ("301", "302")}
    assert rooms["302"]["net_area"] == "48"
    [event] = desk.office.get(f"/v1/rooms/{rooms['302']['id']}/events").json()["events"]
    assert event["mandate"]["source"] == f"import:{told['file']}"
    assert event["lines"] == 2


def test_every_error_is_told_at_its_cell_and_nothing_is_written(desk: Desk) -> None:
    head = desk.office.head()
    told = desk.send("rooms.register", a_workbook(
        ("2024 年房间台账",), HEADER,
        ("行政楼", 3, "401", "办公室", "很大"),
        ("无此楼", 3, "402", "办公室", 20),
        ("行政楼", 3, "403", "厨子间", 20),
        ("行政楼", 99, "404", "办公室", 20),
        ("行政楼", 3, None, "办公室", 20),
        ("行政楼", 3, "405", "办公室", 20),
        ("行政楼", 4, "405", "办公室", 21),
        merged=["A1:E1"],
    ))  # fmt: skip
    assert (told["state"], told["outcome"]["right"], told["may"]) == ("checked", False, ["check"])
    found = at(told)
    assert set(found) == {"E3", "A4", "D5", "B6", "C7", "C9"}
    assert "不是数字" in found["E3"]
    assert "没有找到房屋“无此楼”" in found["A4"]
    assert "办公室" in found["D5"]
    assert found["C7"] == "必须填写。"
    assert desk.office.head() == head
    assert desk.office.post(f"/v1/imports/{told['id']}/apply", None).json()["code"] == "import-not-now"

    marked = desk.office.get(f"/v1/imports/{told['id']}/marked.xlsx").content
    assert cells_of(marked)[2][-1].startswith("E3: ")
    assert styles_of(marked)[2][4] == "4"
    assert notes_of(marked)["E3"].startswith("错误：")
    assert notes_of(marked)["E3"].endswith(found["E3"])
    in_english = desk.office.get(f"/v1/imports/{told['id']}/marked.xlsx?lang=en").content
    assert notes_of(in_english)["C7"] == "Error: Must be filled in."
    assert set(notes_of(marked)) == set(found)
    again = desk.send("rooms.register", marked)
    assert set(at(again)) == set(found)


def test_units_of_one_file_stand_under_each_other_in_whatever_order(desk: Desk) -> None:
    told = desk.send("units.establish", a_workbook(
        ("单位名称", "单位性质", "级别", "行政区划", "上级单位"),
        ("县财政局国库科", "行政机关", "县级", "640104", "新县财政局"),
        ("新县财政局", "行政机关", "县级", "640104", None),
    ))  # fmt: skip
    assert told["outcome"]["right"], at(told)
    desk.applied(told)
    [section] = desk.rows("units", q="国库科")
    assert section["parent"]["label"] == "新县财政局"


def test_items_come_from_a_text_in_the_encoding_that_chinese_spreadsheets_write(desk: Desk) -> None:
    text = "资产编号;资产分类;资产名称;价值;购置日期;权属单位\r\nZC-0001;A02010105;台式计算机;4,999.00 元;2023年3月1日;县财政局\r\n"
    told = desk.send("items.register", text.encode("gb18030"), "资产.csv")
    assert told["outcome"]["right"], at(told)
    desk.applied(told)
    [item] = desk.rows("items", q="ZC-0001")
    assert (item["value"], item["bought"]) == ("4999", "2023-03-01")


def test_what_was_imported_is_taken_back_as_one_and_the_numbers_are_free_again(desk: Desk) -> None:
    file = a_workbook(HEADER, ("行政楼", 5, "501", "办公室", 30), ("行政楼", 5, "502", "办公室", 30))
    done = desk.applied(desk.send("rooms.register", file))
    undone = desk.does("undo", done, {"mandate": GRANTED | {"reason": "导错了楼"}})
    assert (undone["state"], undone["problem"]) == ("undone", None)
    assert not [row for row in desk.rows("rooms") if row["number"].startswith("50")]
    desk.applied(desk.send("rooms.register", file))
    assert len([row for row in desk.rows("rooms") if row["number"].startswith("50")]) == 2


def test_where_one_row_was_used_since_nothing_is_taken_back_and_it_is_told_why(desk: Desk) -> None:
    file = a_workbook(HEADER, ("行政楼", 6, "601", "办公室", 30), ("行政楼", 6, "602", "办公室", 30))
    done = desk.applied(desk.send("rooms.register", file))
    [room] = [row for row in desk.rows("rooms") if row["number"] == "602"]
    said = {"unit": desk.unit, "mandate": GRANTED}
    assert desk.office.post(f"/v1/rooms/{room['id']}/assign", said).status_code == 200
    head = desk.office.head()
    kept = desk.does("undo", done, {"mandate": GRANTED})
    assert (kept["state"], kept["problem"]["code"]) == ("applied", "import-not-undoable")
    [way] = kept["undoing"]
    assert (way["row"], way["id"]) == (3, room["id"])
    assert "之后还有 1 条记录" in way["zh"]
    assert desk.office.head() == head


def test_what_is_there_already_is_told_at_the_cell_before_anything_is_written(desk: Desk) -> None:
    file = a_workbook(HEADER, ("行政楼", 2, "201", "办公室", 30), ("行政楼", 2, "202", "办公室", 30))
    desk.applied(desk.send("rooms.register", file))
    told = desk.send("rooms.register", file)
    assert set(at(told)) == {"C2", "C3"}
    measured = desk.send(
        "rooms.measure", a_workbook(("楼栋", "房间号", "使用面积"), ("行政楼", "201", 31.5), ("行政楼", "209", 9))
    )
    assert set(at(measured)) == {"B3"}


def test_things_that_are_there_are_changed_by_a_table_too(desk: Desk) -> None:
    desk.applied(desk.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "101", "办公室", 30))))
    told = desk.send("rooms.assign", a_workbook(("楼栋", "房间号", "使用单位"), ("行政楼", "101", "县财政局")))
    desk.applied(told)
    [room] = [row for row in desk.rows("rooms") if row["number"] == "101"]
    assert room["using_unit"]["label"] == "县财政局"


def test_rows_that_are_pasted_twice_are_errors_where_something_is_made(desk: Desk) -> None:
    row = ("县财政局", "张伟", "编制内")
    told = desk.send("people.join", a_workbook(("单位", "姓名", "人员类别"), row, row))
    assert "与第 2 行完全相同" in at(told)["3"]


def test_a_repeat_after_the_answer_was_lost_writes_nothing_twice(desk: Desk) -> None:
    done = desk.applied(desk.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "111", "办公室", 30))))
    cut_off = "UPDATE desk.imports SET state = 'applying', beat = now() - interval '1 hour' WHERE state = 'applied'"
    run(desk.office.urls.owner, cut_off)
    lost = desk.office.get(f"/v1/imports/{done['id']}").json()
    assert (lost["cut_off"], lost["may"]) == (True, ["apply"])
    head = desk.office.head()
    desk.applied(lost)
    assert desk.office.head() == head


def test_a_file_that_is_no_table_and_a_table_without_a_header_say_so(desk: Desk) -> None:
    told = desk.send("rooms.register", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "坏.xls")
    assert (told["state"], told["problem"]["code"]) == ("unreadable", "import-not-a-table")
    told = desk.send("rooms.register", a_workbook(("甲", "乙"), (1, 2)))
    assert told["problem"]["code"] == "import-header-missing"
    assert "楼栋" in told["problem"]["detail"]


def test_a_template_has_the_columns_and_its_own_rows_come_in(desk: Desk) -> None:
    answer = desk.office.get("/v1/imports/templates/rooms.register.xlsx?lang=zh")
    assert answer.status_code == 200
    [header] = cells_of(answer.content)
    assert header[:3] == ["楼栋*", "楼层*", "房间号*"]
    told = desk.send("rooms.register", a_workbook(header, ("行政楼", 1, "121", "办公室", 30, None)))
    assert told["outcome"]["right"], at(told)


def test_another_account_sees_no_import_and_whoever_may_not_send_the_command_sends_no_table_of_it(desk: Desk) -> None:
    told = desk.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "131", "办公室", 30)))
    keeper = accounts.a_token(desk.office.urls.owner, "wang", given=[Grant(role=Role.KEEPER)])
    leader = accounts.a_token(desk.office.urls.owner, "zhao", given=[Grant(role=Role.LEADER)])
    with httpx.Client(base_url=desk.office.client.base_url, headers={"Authorization": f"Bearer {keeper}"}) as other:
        for path in ("", "/findings", "/marked.xlsx"):
            assert other.get(f"/v1/imports/{told['id']}{path}").status_code == 404
        for step in ("check", "apply"):
            assert other.post(f"/v1/imports/{told['id']}/{step}").status_code == 404
        sent = {"command": "rooms.register", "file": told["file"], "name": "x.xlsx", "mandate": GRANTED}
        assert other.post("/v1/imports", json=sent).status_code == 403
        sent["command"] = "items.register"
        assert other.post("/v1/imports", json=sent).json()["code"] == "file-missing"
        assert {one["kind"] for one in other.get("/v1/imports/sheets").json()["sheets"]} <= {
            "warehouses",
            "items",
            "lots",
        }
        assert other.get("/v1/imports").json()["imports"] == []
    with httpx.Client(base_url=desk.office.client.base_url, headers={"Authorization": f"Bearer {leader}"}) as other:
        assert other.get("/v1/imports/sheets").status_code == 403


def test_an_old_workbook_with_a_title_merged_cells_words_for_figures_and_a_total(desk: Desk) -> None:
    """As a bureau keeps it: see tests/api/imports/rooms.xls."""
    told = desk.send("rooms.register", (Path(__file__).parent / "rooms.xls").read_bytes(), "台账.xls")
    assert told["outcome"]["right"], at(told)
    assert (told["outcome"]["header"], told["outcome"]["rows"]) == (2, 2)
    assert "合计" in at(told, "warning")["5"]
    desk.applied(told)
    rooms = {row["number"]: row for row in desk.rows("rooms")}
    assert (rooms["221"]["net_area"], rooms["222"]["net_area"]) == ("36.2", "48.5")
    [event] = desk.office.get(f"/v1/rooms/{rooms['222']['id']}/events").json()["events"]
    assert event["effective"].startswith("2023-04-30T16:00")


def test_a_table_writes_nothing_where_its_sender_has_no_business_and_says_so_at_the_cell(desk: Desk) -> None:
    elsewhere = [Grant(role=Role.PREMISES_OFFICER, division="640205")]
    secret = accounts.a_token(desk.office.urls.owner, "elsewhere", given=elsewhere)
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=desk.office.client.base_url, headers=headers, timeout=60) as client:
        other = replace(desk, office=replace(desk.office, client=client))
        told = other.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "141", "办公室", 30)))
        assert set(at(told)) == {"A2"}
        assert "找不到房屋" in at(told)["A2"]
        told = other.send("units.rename", a_workbook(("单位名称", "新单位名称"), ("县财政局", "县财税局")))
        assert set(at(told)) == {"A2"}


def test_a_table_is_taken_back_with_the_rights_of_that_moment_and_not_of_when_it_was_sent(desk: Desk) -> None:
    owner = desk.office.urls.owner

    @contextmanager
    def at_work(given: list[Grant]) -> Iterator[Desk]:
        headers = {"Authorization": f"Bearer {accounts.a_token(owner, 'moving', given=given)}"}
        with httpx.Client(base_url=desk.office.client.base_url, headers=headers, timeout=60) as client:
            yield replace(desk, office=replace(desk.office, client=client))

    with at_work([Grant(role=Role.PREMISES_OFFICER)]) as sender:
        done = sender.applied(sender.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "151", "办公室", 30))))
    moved = "UPDATE access.grants SET division = '640205' WHERE account = (SELECT id FROM access.accounts WHERE login = 'moving')"
    run(owner, moved)
    with at_work([]) as sender:
        kept = sender.does("undo", done, {"mandate": GRANTED})
    assert (kept["state"], kept["problem"]["code"]) == ("applied", "import-not-undoable")


def test_its_sender_is_told_what_became_of_it(desk: Desk) -> None:
    def latest() -> tuple[str, str]:
        notice = desk.office.get("/v1/notices?limit=1").json()["notices"][0]
        return notice["zh"], notice["link"]

    told = desk.applied(desk.send("rooms.register", a_workbook(HEADER, ("行政楼", 3, "391", "办公室", 20))))
    assert latest() == ("导入已完成，共 1 项", f"/imports/{told['id']}")
    desk.does("undo", told, {"mandate": GRANTED})
    assert latest() == ("导入已撤销", f"/imports/{told['id']}")
