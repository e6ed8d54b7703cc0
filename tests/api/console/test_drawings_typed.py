"""What is typed on the page of a drawing becomes choices, step by step, and nothing that another step said is lost."""

from __future__ import annotations

from typing import Any

from api.console.drawings.typed import merged

CHOICES: dict[str, Any] = {
    "metres": None, "split": None, "layers": None, "floors": {}, "shifts": {}, "placing": {"by": "own"}, "decisions": {"a": "leave"},
}  # fmt: skip
TOLD = {"choices": CHOICES, "differences": [{"key": "0:1#3", "options": [{"value": "leave"}, {"value": "take"}]},
                                            {"key": "0:1#4", "options": [{"value": "leave"}, {"value": "take"}]}]}  # fmt: skip
READ = {"layers": ["all"], "layer": ["A", "B"], "metres": [""], "split": [""]}


def test_floors_are_kept_as_long_as_the_file_is_read_the_same_way() -> None:
    floors = {
        "floor.0:1": ["3"],
        "east.0:1": ["1.5"],
        "north.0:1": [""],
        "floor.0:2": [""],
        "east.0:2": ["x"],
        "north.0:2": ["0"],
    }
    said = merged(TOLD, "read", {**READ, **floors})
    assert (said["floors"], said["shifts"]) == ({"0:1": 3, "0:2": None}, {"0:1": [1.5, 0.0], "0:2": [0.0, 0.0]})
    assert (said["layers"], said["placing"], said["decisions"]) == (None, {"by": "own"}, {"a": "leave"})
    other = merged(TOLD, "read", {**READ, "split": ["beside"], **floors})
    assert (other["split"], other["floors"]) == ("beside", {})
    some = merged(TOLD, "read", {**READ, "layers": ["some"], **floors})
    assert (some["layers"], some["floors"]) == (["A", "B"], {})


def test_only_whole_control_points_count() -> None:
    rows = {
        "x0": ["0"],
        "y0": ["0"],
        "east0": ["106.2"],
        "north0": ["38.4"],
        "x1": ["30"],
        "y1": [""],
        "east1": ["1"],
        "north1": ["2"],
    }
    said = merged(TOLD, "place", {"by": ["points"], "system": ["EPSG:4490"], **rows})
    assert said["placing"] == {
        "by": "points",
        "system": "EPSG:4490",
        "points": [{"drawn": [0.0, 0.0], "placed": [106.2, 38.4]}],
    }


def test_a_decision_that_is_the_suggestion_is_not_kept_so_that_a_better_suggestion_can_come() -> None:
    assert merged(TOLD, "decide", {"do.0:1#3": ["take"], "do.0:1#4": ["leave"]})["decisions"] == {"0:1#3": "take"}
