"""`./dev boundaries`: the lines beneath the map, brought from the bureau's own files."""

from __future__ import annotations

import argparse
from pathlib import Path

import psycopg

from api.lifecycle.database import borrowed_database
from domain.kernel.datums import CoordinateSystem
from infra import boundaries
from infra.settings import Settings
from infra.terminal import say
from maps.bases import invented, reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".shp, .geojson, .gpkg")
    parser.add_argument("--system", type=CoordinateSystem, required=True, choices=list(CoordinateSystem), metavar="SYSTEM",
                        help="声明的坐标系 / the declared system: EPSG:4490, EPSG:4544, GCJ-02 …")  # fmt: skip
    parser.add_argument("--name", metavar="COLUMN", help="名称所在的列 / the column with the names")
    parser.add_argument(
        "--collection", metavar="NAME", help="归入哪一组，同组原有的被替换 / what they replace; the file's name"
    )


def run(settings: Settings, asked: argparse.Namespace) -> int:
    """The invented ones of the demonstration go with the first real ones."""
    found = reading.read(asked.file, asked.system, asked.name)
    collection = asked.collection or asked.file.stem
    with borrowed_database(settings, "boundaries") as ready, psycopg.connect(ready.owner_url) as connection:
        boundaries.remove(connection, invented.COLLECTION)
        shapes = [(one.name, one.shape) for one in found]
        many = boundaries.replace(connection, collection, shapes, system=asked.system.value, source=asked.file.name)
    say(f"已导入 {many} 条界线，归入“{collection}”。", f"Imported {many} boundaries as “{collection}”.")
    return 0
