"""What the pictures show: outlines of goods, as polygons on a field of 128 by 128."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from .png import Color, Polygon, png

_PAPER: Color = (203, 211, 219)
_BODY, _SHADE, _LIGHT = 1, 2, 3


class Shape(Enum):
    """What kind of thing a style is."""

    BAG = "bag"
    BOX = "box"
    DRESS = "dress"
    HAT = "hat"
    JACKET = "jacket"
    LONG_SLEEVE = "long sleeve"
    MUG = "mug"
    SCARF = "scarf"
    SHOE = "shoe"
    SHORTS = "shorts"
    SKIRT = "skirt"
    SOCK = "sock"
    TEE = "tee"
    TROUSERS = "trousers"
    VEST = "vest"


_NECK: Polygon = ((52, 22), (76, 22), (70, 32), (58, 32))
_TORSO: Polygon = ((42, 22), (86, 22), (92, 40), (92, 108), (36, 108), (36, 40))
_SLEEVES: Polygon = ((42, 22), (86, 22), (112, 44), (100, 58), (90, 50), (38, 50), (28, 58), (16, 44))
_LONG: Polygon = (
    (42, 22),
    (86, 22),
    (104, 44),
    (112, 100),
    (98, 102),
    (90, 56),
    (38, 56),
    (30, 102),
    (16, 100),
    (24, 44),
)
_SEAM: Polygon = ((63, 32), (65, 32), (65, 108), (63, 108))

_LAYERS: Mapping[Shape, tuple[tuple[Polygon, int], ...]] = MappingProxyType(
    {
        Shape.TEE: ((_SLEEVES, _SHADE), (_TORSO, _BODY), (_NECK, _LIGHT)),
        Shape.LONG_SLEEVE: ((_LONG, _SHADE), (_TORSO, _BODY), (_NECK, _LIGHT)),
        Shape.JACKET: (
            (_LONG, _SHADE),
            (_TORSO, _BODY),
            (_NECK, _LIGHT),
            (_SEAM, _SHADE),
            (((42, 72), (58, 72), (58, 92), (42, 92)), _SHADE),
            (((70, 72), (86, 72), (86, 92), (70, 92)), _SHADE),
        ),
        Shape.VEST: ((_TORSO, _BODY), (_NECK, _LIGHT), (_SEAM, _SHADE)),
        Shape.DRESS: (
            (((48, 16), (80, 16), (84, 52), (106, 114), (22, 114), (44, 52)), _BODY),
            (((54, 16), (74, 16), (64, 30)), _LIGHT),
            (((43, 52), (85, 52), (87, 59), (41, 59)), _SHADE),
        ),
        Shape.SKIRT: (
            (((40, 30), (88, 30), (108, 104), (20, 104)), _BODY),
            (((40, 24), (88, 24), (88, 34), (40, 34)), _SHADE),
            (((56, 34), (59, 34), (52, 104), (48, 104)), _SHADE),
            (((69, 34), (72, 34), (80, 104), (76, 104)), _SHADE),
        ),
        Shape.TROUSERS: (
            (((40, 16), (88, 16), (96, 114), (72, 114), (64, 52), (56, 114), (32, 114)), _BODY),
            (((40, 16), (88, 16), (89, 24), (39, 24)), _SHADE),
        ),
        Shape.SHORTS: (
            (((36, 34), (92, 34), (102, 90), (70, 94), (64, 66), (58, 94), (26, 90)), _BODY),
            (((36, 34), (92, 34), (93, 42), (35, 42)), _SHADE),
        ),
        Shape.BAG: (
            (((44, 56), (44, 30), (84, 30), (84, 56), (78, 56), (78, 36), (50, 36), (50, 56)), _SHADE),
            (((28, 52), (100, 52), (106, 110), (22, 110)), _BODY),
            (((28, 52), (100, 52), (101, 60), (27, 60)), _SHADE),
        ),
        Shape.HAT: (
            (((44, 34), (84, 34), (92, 80), (36, 80)), _BODY),
            (((36, 72), (92, 72), (93, 82), (35, 82)), _SHADE),
            (((12, 82), (116, 82), (100, 94), (28, 94)), _BODY),
        ),
        Shape.SCARF: (
            (((30, 20), (98, 20), (98, 44), (30, 44)), _BODY),
            (((34, 44), (58, 44), (58, 106), (34, 106)), _BODY),
            (((70, 44), (94, 44), (94, 92), (70, 92)), _BODY),
            (((34, 92), (58, 92), (58, 98), (34, 98)), _SHADE),
            (((70, 78), (94, 78), (94, 84), (70, 84)), _SHADE),
        ),
        Shape.SOCK: (
            (((46, 16), (78, 16), (78, 70), (110, 92), (100, 112), (72, 108), (46, 84)), _BODY),
            (((46, 16), (78, 16), (78, 28), (46, 28)), _SHADE),
            (((110, 92), (100, 112), (88, 110), (96, 83)), _SHADE),
        ),
        Shape.SHOE: (
            (((16, 50), (50, 46), (76, 70), (112, 78), (114, 92), (16, 92)), _BODY),
            (((14, 92), (116, 92), (114, 102), (16, 102)), _SHADE),
            (((54, 58), (70, 70), (62, 78), (48, 64)), _LIGHT),
        ),
        Shape.MUG: (
            (((84, 44), (108, 44), (108, 88), (84, 88), (84, 78), (98, 78), (98, 54), (84, 54)), _SHADE),
            (((28, 30), (88, 30), (84, 106), (32, 106)), _BODY),
            (((28, 30), (88, 30), (87, 38), (29, 38)), _SHADE),
        ),
        Shape.BOX: (
            (((20, 46), (64, 30), (108, 46), (108, 96), (64, 112), (20, 96)), _BODY),
            (((20, 46), (64, 30), (108, 46), (64, 62)), _LIGHT),
            (((64, 62), (108, 46), (108, 96), (64, 112)), _SHADE),
        ),
    }
)


def picture(shape: Shape, color: str) -> bytes:
    """Draw a shape in a colour, given as six hexadecimal digits; always the same bytes, below 3 kB."""
    body = _rgb(color)
    return png(_LAYERS[shape], (_PAPER, body, _mixed(body, (0, 0, 0)), _mixed(body, (255, 255, 255))))


def _rgb(color: str) -> Color:
    red, green, blue = bytes.fromhex(color)
    return (red, green, blue)


def _mixed(color: Color, other: Color) -> Color:
    red, green, blue = ((3 * one + two) // 4 for one, two in zip(color, other, strict=True))
    return (red, green, blue)
