"""Units form no circle, whoever moves them and when."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.organisations.unit import UnitUnderItself
from domain.work import Call
from tests.registry.acting import meanwhile, new
from tests.stores import Store, call, establish


def _move(unit: UUID, under: UUID) -> Call:
    return call("units.move-under", unit, parent=under)


def test_units_form_no_circle(store: Store) -> None:
    top = new(store.execute(establish("上")))
    middle = new(store.execute(establish("中", parent=top)))
    bottom = new(store.execute(establish("下", parent=middle)))
    for circle in (top, middle, bottom):
        with pytest.raises(UnitUnderItself):
            store.execute(_move(top, circle))


def test_units_form_no_circle_within_a_batch(store: Store) -> None:
    one, other = new(store.execute(establish("甲"))), new(store.execute(establish("乙")))
    with pytest.raises(UnitUnderItself):
        store.execute(_move(one, other), _move(other, one))


def test_units_form_no_circle_when_two_move_at_once(store: Store, elsewhere: Store) -> None:
    one, other = new(store.execute(establish("甲"))), new(store.execute(establish("乙")))
    with meanwhile(lambda: elsewhere.execute(_move(other, one))), pytest.raises(UnitUnderItself):
        store.execute(_move(one, other))


def test_a_longer_circle_is_not_closed_by_a_move_further_up(store: Store, elsewhere: Store) -> None:
    """甲 is about to go under 丙; meanwhile 乙, above 丙, goes under 甲: every parent on the way was read."""
    one, other = new(store.execute(establish("甲"))), new(store.execute(establish("乙")))
    third = new(store.execute(establish("丙", parent=other)))
    with meanwhile(lambda: elsewhere.execute(_move(other, one))), pytest.raises(UnitUnderItself):
        store.execute(_move(one, third))
