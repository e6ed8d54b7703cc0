"""The verb `world`: what is asked, what is refused, and the figures at the end."""

from __future__ import annotations

import argparse

from api.composition import opened
from api.lifecycle.database import borrowed_database
from api.world.loading import load
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say

LEAST, MOST = 1_000, 20_000_000
EXPLAINED = """在空的数据库中生成 N 条确定的、逼真的记录：同样的 N 和 --seed，得到同样的对象、版本和内容
（登记时间由数据库给出；人员姓名、电话用新的密钥加密）。中断后用同样的 N 和 --seed 再运行，从中断处继续；
换了参数须先 ./dev reset。
Fills an empty log with N deterministic, realistic events: the same N and --seed give the same ids, versions and contents
(recorded_at is the database's; people's names and phones are sealed with fresh keys). Interrupted, run it again with the same
N and --seed and it goes on where it stopped; with others, ./dev reset first."""


class NotOurDatabase(Problem):
    zh = "ZHANGTU_DATABASE_URL 指向您自己的数据库。模拟数据写入后不能删除；确实要写入，请加 --yes。"
    en = (
        "ZHANGTU_DATABASE_URL names a database of your own. What is generated cannot be deleted from it afterwards; if you "
        "mean it, add --yes."
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = EXPLAINED
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--events", type=_events, required=True, metavar="N", help="记录条数 / how many events")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="随机种子，默认 1 / seed, default 1")
    parser.add_argument("--yes", action="store_true", help="写入自己的数据库 / also into a database of your own")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if not settings.uses_private_cluster and not arguments.yes:
        raise NotOurDatabase
    with borrowed_database(settings, "world") as ready, opened(ready) as services:
        progress = load(services, arguments.events, arguments.seed)
    say(
        f"共 {progress.done:,} 条，本次写入 {progress.written:,} 条，每秒 {progress.rate:,.0f} 条。",
        f"{progress.done:,} events in the log, {progress.written:,} written now, {progress.rate:,.0f} a second.",
    )
    return 0


def _events(text: str) -> int:
    events = int(text)
    if not LEAST <= events <= MOST:
        raise argparse.ArgumentTypeError(f"{LEAST}–{MOST}")
    return events
