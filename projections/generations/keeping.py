"""What the leader sees to beside following: that there is a live view of this program's definition, and no rubbish."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import LiteralString

from infra.problems import Problem
from infra.terminal import say
from projections.generations import catalogue, parking, shadows, swap
from projections.generations.build import Crew, Told, build
from projections.generations.catalogue import Generation
from projections.generations.connecting import TRANSIENT, Connection
from projections.generations.definition import Definition

log = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
AGAIN_SECONDS = 30.0
"""After a build that failed: the same will most likely happen again, but perhaps a disk was full."""


@dataclass(slots=True)
class Keeper:
    """Called again and again by the leader; never waits: what takes long it does in a thread beside."""

    url: str
    connection: Connection
    definition: Definition
    told: Told
    crew: Crew
    _builder: threading.Thread | None = None
    _overtaking: int | None = None
    _doubted: set[int] = field(default_factory=set)
    _sweep_at: float = 0.0
    _build_at: float = field(default_factory=time.monotonic)

    def tend(self) -> None:
        live = catalogue.live(self.connection)
        if live is None or not live.is_ready or live.digest != self.definition.digest:
            self._replace(live)
        else:
            self._overtake(live)
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP_SECONDS
            for schema in swap.sweep(self.connection, self.definition):
                say(f"已删除不再需要的世代 {schema}", f"Dropped the generation {schema}, which nobody needs any more")

    def _replace(self, live: Generation | None) -> None:
        """Another one of our definition: a ready one as soon as it has caught up, else one that is built now."""
        ready = self._ours("state = 'ready' AND role IN ('shadow', 'former')")
        if not ready:
            self._build(*(CHANGED if live is not None else ("", "")))
        elif ready.role == "former":
            swap.bring_back(self.connection, self.definition)
        elif self._caught_up(ready, live):
            self._swap(ready, live)

    def _overtake(self, live: Generation) -> None:
        """After a great import building anew is many times quicker than following event by event, and nobody waits for it."""
        made = None if self._overtaking is None else catalogue.get(self.connection, self._overtaking)
        if made is None or made.role != "shadow":
            self._overtaking = None
            if self._is_left_behind(live):
                self._overtaking = self._build(
                    f"落后 {self._lag(live)} 条记录", f"It is {self._lag(live)} events behind"
                )
        elif made.is_ready and made.position >= live.position:
            self._swap(made, live)
        elif not made.is_ready:
            self._build("继续重建", "The build goes on")

    def _is_left_behind(self, live: Generation) -> bool:
        return self._lag(live) > max(MANY, live.position // 10)

    def _lag(self, live: Generation) -> int:
        return catalogue.head(self.connection) - live.position

    def _swap(self, shadow: Generation, live: Generation | None) -> None:
        """Not by itself, though, if the new view shows less: then a person must look first."""
        parked = parking.of(self.connection, shadow)
        if live is not None and live.is_ready and parked - parking.of(self.connection, live):
            if shadow.id not in self._doubted:
                self._doubted.add(shadow.id)
                say(
                    f"世代 {shadow.schema} 有 {len(parked)} 个对象无法继续，未自动切换。请查看：./dev generations",
                    f"{len(parked)} streams cannot go on in {shadow.schema}, so it is not swapped in by itself. See: ./dev generations",
                )
            return
        swap.swap(self.connection, shadow.id)
        say(f"世代 {shadow.schema} 现为现行", f"The generation {shadow.schema} is now the live one")

    def _ours(self, which: LiteralString) -> Generation | None:
        found = catalogue.find(self.connection, which + " AND digest = %s", self.definition.digest)
        return max(found, key=lambda one: (one.role == "shadow", one.position), default=None)

    def _caught_up(self, shadow: Generation, live: Generation | None) -> bool:
        """Where nothing can be read, or what can be read stands still, it need not be at the head first."""
        if live is None or not live.is_ready:
            return True
        if live.shape != self.definition.shape:
            return shadow.position >= max(live.position, catalogue.head(self.connection) - NEAR)
        return shadow.position == live.position

    def _build(self, zh: str, en: str) -> int | None:
        """Begins to build, unless it is at it or has just failed; the words say why, where there is a view to read meanwhile."""
        if (self._builder is not None and self._builder.is_alive()) or time.monotonic() < self._build_at:
            return self._overtaking
        self._build_at = time.monotonic() + AGAIN_SECONDS
        made = shadows.half_built_or_new(self.connection, self.definition)
        if zh:
            say(
                f"{zh}：正在旁边重建读模型（{made.schema}）；现有的照常可读。",
                f"{en}: the read models are rebuilt beside ({made.schema}); the present view stays readable.",
            )
        self._builder = threading.Thread(target=self._run, args=(made.id,), name="builder", daemon=True)
        self._builder.start()
        return made.id

    def _run(self, id: int) -> None:
        try:
            build(self.url, id, crew=self.crew, told=self.told)
        except (Problem, *TRANSIENT) as error:
            say(f"建造中断，将继续：{error}", f"The build was interrupted and will go on: {error}")
        except Exception:
            log.exception("the generation %s could not be built", id)


CHANGED = ("读模型的定义已改变", "The definition of the read models has changed")

MANY = 20_000
"""So many events are followed in less time than a build takes; and a tenth of the log at least is missing, else the same."""

NEAR = 200
"""How far behind the head a view may be when it takes the place of one that stands still."""
