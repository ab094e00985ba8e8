"""Where things stand: PDF matrices, and the frame of a page in mm as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from yinfa.reading.sheets import MM_PER_PT

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
QUARTER, HALF, THREE_QUARTERS = 90, 180, 270  # turns, in degrees clockwise


@dataclass(frozen=True, slots=True)
class Frame:
    """From the page's user space to millimetres from the top-left of the page as shown."""

    left: float
    bottom: float
    width: float  # of the unturned page, in pt
    height: float
    rotation: int

    def mm(self, x: float, y: float) -> tuple[float, float]:
        x -= self.left
        y -= self.bottom
        if self.rotation == QUARTER:
            x, y = y, x
        elif self.rotation == HALF:
            x = self.width - x
        elif self.rotation == THREE_QUARTERS:
            x, y = self.height - y, self.width - x
        else:
            y = self.height - y
        return x * MM_PER_PT, y * MM_PER_PT

    @property
    def shown_mm(self) -> tuple[float, float]:
        size = (self.width * MM_PER_PT, self.height * MM_PER_PT)
        return size[::-1] if self.rotation in {QUARTER, THREE_QUARTERS} else size


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies *first*, *then* the other."""
    if then is IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not area:
        return IDENTITY
    return (
        d / area,
        -b / area,
        -c / area,
        a / area,
        (c * f - d * e) / area,
        (b * e - a * f) / area,
    )


def apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
