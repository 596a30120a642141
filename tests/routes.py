"""Every address of the portal and of its API, as the URL conf and the OpenAPI tell them, and how to fill it.

The walks of `tests/attacks`, `tests/accessibility` and the page bench go over these; a route with a parameter that no
`Way` knows fails them. A system teaches its routes in its own `tests/routes.py`:

    WAYS = {"/nhiem-vu/{pk}": Way(lambda office: {"pk": office.task.pk}, owner="agency_leader")}

The key is an address up to its last parameter; it also serves the addresses that go on without further parameters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.ways import Way

API = "/api/v1/"


@dataclass(frozen=True)
class Route:
    """One address as a template (`/tep/{pk}/xem/`), its name in the URL conf, and methods where the API names them."""

    template: str
    name: str
    methods: tuple[str, ...] = ("GET", "POST")
    operation: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)

    @property
    def parameters(self) -> list[str]:
        """The names of its places."""
        return re.findall(r"{(\w+)}", self.template)

    @property
    def is_api(self) -> bool:
        """Whether it is one of the API's."""
        return self.template.startswith(API)

    def address(self, values: dict[str, Any]) -> str:
        """The address with the places filled."""
        return self.template.format(**values) + values.get("?", "")


def page_routes() -> list[Route]:
    """Every address outside the API."""
    from django.urls import get_resolver

    found = [Route(template, name) for template, name in _walk(get_resolver().url_patterns, "/", "")]
    return [route for route in found if not route.is_api]


def api_routes() -> list[Route]:
    """Every act of the API."""
    return [Route(path, told["operationId"], (method,), told) for path, method, told in _operations()]


def body_of(route: Route) -> Any:
    """The least an act of the API accepts as its form: the required fields with something in them."""
    content = route.operation.get("requestBody", {}).get("content", {})
    kinds = [kind["schema"] for kind in content.values()]
    return _example(kinds[0]) if kinds else None


def way_of(route: Route) -> Way | None:
    """How the route is filled, or None when nobody knows."""
    known = [key for key in ways() if _serves(key, route.template)]
    return ways()[max(known, key=len)] if known else None


@cache
def ways() -> dict[str, Way]:
    """What the packages' own `tests/routes.py` teach."""
    from django.apps import apps

    found: dict[str, Way] = {}
    for config in apps.get_app_configs():
        named = f"{config.name}.tests.routes"
        if config.name.startswith("congso.") and find_spec(f"{config.name}.tests") and find_spec(named):
            found |= import_module(named).WAYS
    return found


def _serves(key: str, template: str) -> bool:
    rest = template.removeprefix(key)
    return rest != template and "{" not in rest and (not rest or rest.startswith("/"))


def _walk(patterns: Any, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    from django.urls import URLPattern, URLResolver

    for pattern in patterns:
        template = prefix + _template(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, template, inner)
        elif isinstance(pattern, URLPattern):
            yield template, f"{space}{pattern.name or template}"


def _template(pattern: str) -> str:
    """A pattern's places in braces: of `path` and of `re_path`."""
    named = re.sub(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^)])*\)", r"{\1}", pattern)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", named).replace("\\.", ".").strip("^$")


def _example(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(_schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "allOf"):
        if choice in schema:
            return _example(schema[choice][0])
    kind = schema.get("type")
    if kind == "object":
        needed = schema.get("required", ())
        return {name: _example(told) for name, told in schema.get("properties", {}).items() if name in needed}
    if kind == "array":
        return [_example(schema["items"])]
    simple = {"integer": max(1, schema.get("minimum", 1)), "number": 1, "boolean": True}
    days = {"date": "2026-12-11", "date-time": "2026-12-11T08:00:00Z"}
    return simple.get(str(kind)) or days.get(schema.get("format", ""), "thử")


@cache
def _schema() -> dict[str, Any]:
    from congso.kernel.api.service import api

    return dict(api.get_openapi_schema())


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in sorted(_schema()["paths"].items()):
        for method, told in methods.items():
            yield path, method.upper(), told
