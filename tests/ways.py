"""How a package teaches the routes it announces to the walks over all of them (tests/routes.py)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Way:
    """What stands in a route's places, who of the cast reaches it, and for whom of the cast it must not exist.

    `fill` may give a query besides, under `?`. `is_open`: everybody signed in reads it (the chart, the numbers of the
    law) and only the owner acts on it; `is_public`: visitors read it too, or a signed link opens it. `also`: who of the
    walkers has a part in it besides the owner. An owner who is nobody: what stands there is set up by the operator
    alone, and other tests reach it. `form` is what is posted where an empty one is answered “not found” to everybody.
    """

    fill: Callable[[Any], dict[str, Any]]
    owner: str
    colleague: str = "secrecy_officer"
    is_open: bool = False
    is_public: bool = False
    also: tuple[str, ...] = ()
    form: dict[str, Any] = field(default_factory=dict)
