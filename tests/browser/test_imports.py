"""A spreadsheet sent in the browser: errors at their cells, a marked copy, then all of it written, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.api.imports.spreadsheets import a_workbook
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

HEADER = ("楼栋", "楼层", "房间号", "房间类别", "使用面积", "备注")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def looked_at(page: Page, path: Path, wrong: list[str]) -> None:
    picture(page, path)
    wrong += [f"{path.stem}: {one}" for one in accessible(page)] + [f"{path.stem} is too wide"] * (not fits(page))


def send(page: Page, content: bytes, reason: str) -> None:
    page.goto("/imports/new/rooms.register")
    name = "房间台账（2024 年清查，一号楼至四号楼）.xlsx"
    page.locator("#content").set_input_files([FilePayload(name=name, mimeType=XLSX, buffer=content)])
    page.locator("#reason").fill(reason)
    page.locator("#effective").fill("2024-06-01")
    page.locator("form.card button").click()
    expect(page.locator("#import .cards")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_table_is_mended_written_and_taken_back(
    bureau: Bureau, open_page: Open, pictures: Path, size: tuple[int, int], language: str
) -> None:
    page, wrong = open_page(language=language, size=size), list[str]()
    building = bureau.office.get("/v1/buildings?limit=1&status=standing&sort=-gross_area").json()["rows"][0]["number"]
    page.goto("/imports")
    looked_at(page, pictures / "imports.png", wrong)
    page.goto("/imports/new/rooms.register")
    looked_at(page, pictures / "new.png", wrong)

    number = f"{language}{size[0]}"
    bad = [(building, 1, f"{number}-{row}", "办公室", "三十六") for row in range(3)]
    send(page, a_workbook(HEADER, *bad, ("无此楼", 1, "9", "会议室", 20, "新")), "清查")
    expect(page.locator("#errors")).to_be_visible()
    looked_at(page, pictures / "errors.png", wrong)

    right = [(building, 1, f"{number}-{row}", "办公室" if row % 3 else "会议室", 20 + row) for row in range(14)]
    send(page, a_workbook(HEADER[:5], *right), "2024 年房产清查登记，依据县政府常务会议纪要")
    looked_at(page, pictures / "ready.png", wrong)
    page.locator("form[action$='/apply'] button").click()
    expect(page.locator(".note.good")).to_be_visible(timeout=30_000)
    looked_at(page, pictures / "written.png", wrong)
    page.locator("summary", has_text="整批撤销" if language == "zh" else "Undo the whole").click()
    page.locator("textarea[name=reason]").fill("导错了楼")
    page.locator("form[action$='/undo'] button").click()
    expect(page.locator("form[action$='/undo']")).to_have_count(0, timeout=30_000)
    expect(page.locator("#import > .note").first).to_be_visible()
    looked_at(page, pictures / "undone.png", wrong)
    assert wrong == []
