from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from congso.kernel.catalogues.code_lists import CodeList, register_code_lists
from congso.kernel.exchange.handlers import (
    AnswerListener,
    PacketHandler,
    register_answer_listener,
    register_packet_handler,
)
from congso.kernel.files.purposes import register_purpose
from congso.kernel.indicators.measures import Measure, register_measures
from congso.kernel.records.effects import EffectSource, register_effects
from congso.kernel.records.filing import Filable, register_filable
from congso.kernel.records.types import RecordType, register_type
from congso.kernel.search.marks import Marks
from congso.kernel.search.texts import register_marks, register_states, register_text
from congso.kernel.signing.purposes import Handler as SignedHandler
from congso.kernel.signing.purposes import register_signed
from congso.kernel.web.agenda import Source as AgendaSource
from congso.kernel.web.agenda import register_agenda
from congso.kernel.web.home import HomeBlock, register_home
from congso.kernel.web.navigation import (
    MenuItem,
    PublicPlace,
    QuickAct,
    register_menu,
    register_public_places,
    register_quick_acts,
)
from congso.kernel.web.offers import Offer, register_offers
from congso.kernel.workflow.flow import Flow, register_flow
from congso.kernel.workflow.following import Follower, register_followers


@dataclass(frozen=True)
class Manifest:
    """Everything one system contributes to the portal."""

    label: str
    record_types: tuple[RecordType, ...] = ()
    flows: tuple[Flow, ...] = ()
    url_prefix: str = ""
    menu: tuple[MenuItem, ...] = ()
    quick_acts: tuple[QuickAct, ...] = ()
    offers: tuple[Offer, ...] = ()
    home: tuple[HomeBlock, ...] = ()
    public: tuple[PublicPlace, ...] = ()
    search_texts: dict[str, Callable[[Any], str]] = field(default_factory=dict)
    search_marks: dict[str, Callable[[Any], Marks]] = field(default_factory=dict)
    upload_handlers: dict[str, Callable[..., Any]] = field(default_factory=dict)
    upload_studies: dict[str, Callable[..., Any]] = field(default_factory=dict)
    upload_stacks: frozenset[str] = frozenset()
    code_lists: tuple[CodeList, ...] = ()
    packet_handler: PacketHandler | None = None
    answer_listener: AnswerListener | None = None
    signed_handlers: dict[str, SignedHandler] = field(default_factory=dict)
    filable: tuple[Filable, ...] = ()
    followers: tuple[Follower, ...] = ()
    measures: tuple[Measure, ...] = ()
    effects: tuple[EffectSource, ...] = ()
    agenda: tuple[AgendaSource, ...] = ()


def discover() -> None:
    """Read every installed system's manifest and hand its parts to the kernel packages that use them."""
    for manifest in _manifests():
        for record_type in manifest.record_types:
            register_type(record_type)
        for flow in manifest.flows:
            register_flow(flow)
            register_states((state.key, str(state.label)) for state in flow.states)
        register_menu(manifest.menu)
        register_quick_acts(manifest.quick_acts)
        register_offers(manifest.offers)
        register_home(manifest.home)
        register_public_places(manifest.public)
        register_code_lists(manifest.code_lists)
        register_filable(manifest.filable)
        register_followers(manifest.followers)
        register_measures(manifest.measures)
        register_effects(manifest.effects)
        register_agenda(manifest.agenda)
        for purpose, handler in manifest.upload_handlers.items():
            study, is_stack = manifest.upload_studies.get(purpose), purpose in manifest.upload_stacks
            register_purpose(purpose, handler, study, is_stack=is_stack)
        if manifest.packet_handler:
            register_packet_handler(manifest.packet_handler)
        if manifest.answer_listener:
            register_answer_listener(manifest.answer_listener)
        for purpose, signed_handler in manifest.signed_handlers.items():
            register_signed(purpose, signed_handler)
        for record_type_key, text in manifest.search_texts.items():
            register_text(record_type_key, text)
        for record_type_key, marks in manifest.search_marks.items():
            register_marks(record_type_key, marks)


def _manifests() -> list[Manifest]:
    named = [f"{config.name}.manifest" for config in apps.get_app_configs() if ".apps." in config.name]
    return [import_module(name).MANIFEST for name in named if find_spec(name)]


def discovered_urls() -> list[URLPattern | URLResolver]:
    """The addresses of kernel packages and systems; a system's own sit under its manifest's prefix."""
    kernel = [config.name for config in apps.get_app_configs() if config.name.startswith("congso.kernel.")]
    return [
        *(
            path(f"{manifest.url_prefix}/", include(f"congso.apps.{manifest.label}.urls"))
            for manifest in _manifests()
            if manifest.url_prefix
        ),
        *(path("", include(f"{name}.urls")) for name in kernel if find_spec(f"{name}.urls")),
    ]
