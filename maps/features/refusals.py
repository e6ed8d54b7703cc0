"""What is wrong with a question of a map program, and what it may ask instead."""

from __future__ import annotations

from domain.kernel.errors import InvalidValue


class QuestionRefused(InvalidValue):
    """Base of them all: what was asked for cannot be asked."""

    code = "question-refused"


class FilterRefused(QuestionRefused):
    """Base of the refusals about filters."""

    code = "filter-refused"
    field = "filter"


class FilterUnreadable(FilterRefused):
    code = "filter-unreadable"
    zh = '看不懂筛选条件：{what}。请按 CQL2 书写，如 "状态" = \'在用\' AND "使用面积" > 20。'
    en = "The filter cannot be read: {what}. Write it in CQL2, such as status = 'in-service' AND net_area > 20."


class FilterTooLarge(FilterRefused):
    code = "filter-too-large"
    zh = "筛选条件过长或嵌套过深（最多 {characters} 个字符、{nodes} 个部分、{depth} 层，图形最多 {vertices} 个点；文字写法的括号越深，能写的越短）。请简化、分次查询，或改用 cql2-json。"
    en = (
        "The filter is too large: at most {characters} characters, {nodes} parts, {depth} levels, and {vertices} positions "
        "of a shape; as text it must be the shorter the deeper its brackets. Simplify it, ask several times, or use cql2-json."
    )


class PropertyUnknown(FilterRefused):
    code = "filter-property-unknown"
    zh = "没有字段“{name}”。可用的字段：{names}。"
    en = "There is no attribute {name!r}. There are: {names}."


class OperationNotAllowed(FilterRefused):
    code = "filter-operation-not-allowed"
    zh = "筛选条件不支持“{name}”。支持：{names}。"
    en = "A filter cannot use {name!r}. It can use: {names}."


class TypesDiffer(FilterRefused):
    code = "filter-types-differ"
    zh = "不能拿{left_zh}和{right_zh}比较。请核对字段类型（见 queryables）和所写的值。"
    en = "{left_en} cannot be compared with {right_en}. Check the attribute's type (see queryables) and the value."


class ShapeInvalid(FilterRefused):
    code = "filter-shape-invalid"
    zh = "筛选条件中的图形无效，或坐标超出范围。请核对坐标、坐标系（filter-crs）和坐标轴顺序。"
    en = "A shape of the filter is invalid or out of range. Check its coordinates, their system (filter-crs) and order of axes."


class SystemUnknown(QuestionRefused):
    code = "crs-unknown"
    zh = "不支持坐标系 {uri}。支持：{uris}。"
    en = "The coordinate system {uri} is not supported. These are: {uris}."


class BoxInvalid(QuestionRefused):
    code = "bbox-invalid"
    field = "bbox"
    zh = "范围 {bbox} 无效：应为 4 个（或含高程的 6 个）以逗号分隔的数，先小后大，且坐标轴顺序与 bbox-crs 一致。"
    en = "The box {bbox} is invalid: 4 numbers (6 with heights) separated by commas, the lesser first, with the axes as bbox-crs has them."


class DatetimeInvalid(QuestionRefused):
    code = "datetime-invalid"
    field = "datetime"
    zh = "时间 {datetime} 无效：应为一个时刻、一个日期，或以“/”分隔的起止时间（一端可写“..”）。"
    en = "The time {datetime} is invalid: a moment, a day, or two of them with a slash between (one may be `..`)."
