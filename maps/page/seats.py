"""Where the prefectures and counties of Ningxia have their seats, roughly: names that tell where one looks when nothing else does.

They are signs and no boundaries. Boundaries are brought by the bureau that has the right to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Rank: TypeAlias = Literal["prefecture", "county", "district"]


@dataclass(frozen=True, slots=True)
class Seat:
    """`rank` says from how far away the name is read."""

    zh: str
    en: str
    rank: Rank
    latitude: float
    longitude: float


SEATS: Final = (
    Seat("银川市", "Yinchuan", "prefecture", 38.487, 106.231),
    Seat("石嘴山市", "Shizuishan", "prefecture", 38.984, 106.384),
    Seat("吴忠市", "Wuzhong", "prefecture", 37.998, 106.199),
    Seat("固原市", "Guyuan", "prefecture", 36.016, 106.243),
    Seat("中卫市", "Zhongwei", "prefecture", 37.500, 105.197),
    Seat("永宁县", "Yongning", "county", 38.277, 106.253),
    Seat("贺兰县", "Helan", "county", 38.555, 106.350),
    Seat("灵武市", "Lingwu", "county", 38.103, 106.340),
    Seat("惠农区", "Huinong", "county", 39.239, 106.781),
    Seat("平罗县", "Pingluo", "county", 38.907, 106.545),
    Seat("红寺堡区", "Hongsibu", "county", 37.426, 106.062),
    Seat("盐池县", "Yanchi", "county", 37.783, 107.407),
    Seat("同心县", "Tongxin", "county", 36.981, 105.914),
    Seat("青铜峡市", "Qingtongxia", "county", 38.021, 106.079),
    Seat("西吉县", "Xiji", "county", 35.964, 105.729),
    Seat("隆德县", "Longde", "county", 35.626, 106.112),
    Seat("泾源县", "Jingyuan", "county", 35.490, 106.331),
    Seat("彭阳县", "Pengyang", "county", 35.859, 106.632),
    Seat("中宁县", "Zhongning", "county", 37.491, 105.685),
    Seat("海原县", "Haiyuan", "county", 36.565, 105.644),
    Seat("兴庆区", "Xingqing", "district", 38.474, 106.289),
    Seat("西夏区", "Xixia", "district", 38.492, 106.150),
    Seat("金凤区", "Jinfeng", "district", 38.474, 106.243),
    Seat("大武口区", "Dawukou", "district", 39.019, 106.368),
    Seat("利通区", "Litong", "district", 37.985, 106.212),
    Seat("原州区", "Yuanzhou", "district", 36.004, 106.288),
    Seat("沙坡头区", "Shapotou", "district", 37.516, 105.173),
)
