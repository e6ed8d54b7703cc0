"""Read by a real client: Debian's GDAL, with its driver for OGC API – Features."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.api.features.conftest import ROOMS, Mapped


def gdal(county: Mapped, *words: str, password: str | None = None) -> subprocess.CompletedProcess[str]:
    signed = {"GDAL_HTTP_USERPWD": f"li:{password or county.token}", "GDAL_HTTP_AUTH": "BASIC"}
    return subprocess.run(words, env={**os.environ, **signed}, capture_output=True, text=True, timeout=60, check=False)


def layer(county: Mapped, tmp_path: Path, name: str, *options: str) -> dict[str, Any]:
    """The layer as GDAL reads it, written as GeoJSON."""
    file = tmp_path / "out.geojson"
    done = gdal(county, "ogr2ogr", "-f", "GeoJSON", str(file), f"OAPIF:{county.address}", name, *options)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def test_it_lists_the_layers(county: Mapped) -> None:
    done = gdal(county, "ogrinfo", "-ro", f"OAPIF:{county.address}")
    assert "rooms-zh" in done.stdout, done.stderr
    assert "fences" in done.stdout


@pytest.mark.parametrize("options", [(), ("-oo", "PAGE_SIZE=2")])
def test_it_reads_all_features_page_by_page(county: Mapped, tmp_path: Path, options: tuple[str, ...]) -> None:
    found = layer(county, tmp_path, "rooms", *options)
    assert sorted(one["properties"]["number"] for one in found["features"]) == [f"10{n}" for n in range(ROOMS)]


def test_it_asks_for_a_box(county: Mapped, tmp_path: Path) -> None:
    found = layer(county, tmp_path, "rooms", "-spat", "106.0511", "38.0111", "106.05125", "38.0112")
    assert [one["properties"]["number"] for one in found["features"]] == ["100"]


def test_it_filters_by_chinese_attributes(county: Mapped, tmp_path: Path) -> None:
    found = layer(county, tmp_path, "rooms-zh", "-where", '"房间类别" = \'服务用房\' AND "使用面积" > 25.6')
    assert [one["properties"]["房间号"] for one in found["features"]] == ["106"]
    assert found["features"][0]["properties"]["使用面积"] == 26.5


def test_it_reads_nothing_without_signing_in(county: Mapped) -> None:
    done = gdal(county, "ogrinfo", "-ro", f"OAPIF:{county.address}", password="wrong")
    assert done.returncode != 0
    assert "401" in done.stderr
