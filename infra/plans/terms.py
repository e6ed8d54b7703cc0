"""What a plan is at, and which part somebody has in it."""

from typing import Final

from domain.kernel.labels import Term


class State(Term):
    DRAFT = "draft", "起草中", "Draft"
    SUBMITTED = "submitted", "已送审", "Submitted"
    APPLIED = "applied", "已办理", "Applied"
    DROPPED = "dropped", "已放弃", "Dropped"


class Part(Term):
    OWNER = "owner", "负责人", "Owner"
    EDITOR = "editor", "编辑", "Editor"
    READER = "reader", "查看", "Reader"


STATES: Final = {one.value: one for one in State}
PARTS: Final = {one.value: one for one in Part}
