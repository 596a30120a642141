"""A scan that lies askew, and the straightened page on which its tables are read. Pure."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """How the picture was straightened: places on the page (points) and on the straightened page."""

    degrees: float
    middle: tuple[float, float]

    def straightened(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the page lies on the straightened page."""
        return self._turned(x, y, -self.degrees)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the straightened page lies on the page."""
        return self._turned(x, y, self.degrees)

    def _turned(self, x: float, y: float, degrees: float) -> tuple[float, float]:
        if not degrees:
            return x, y
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        dx, dy = x - self.middle[0], y - self.middle[1]
        return self.middle[0] + cosine * dx - sine * dy, self.middle[1] + sine * dx + cosine * dy


UPRIGHT = Turn(0.0, (0.0, 0.0))
