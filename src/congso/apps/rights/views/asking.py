"""The shape shared by the acts on rights: the kernel's page with one form, and what access and directory refuse."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http.response import HttpResponseBase

from congso.kernel.access.delegating import DelegationRefused
from congso.kernel.access.granting import RightRefused
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.services import DirectoryRefused
from congso.kernel.web.asking import fill, press

Refusals = (RightRefused, DelegationRefused, DirectoryRefused)

act_and_return = partial(press, refusals=Refusals)


def ask_and_act(
    request: OfficeRequest,
    form: forms.Form,
    *,
    title: str,
    carry_out: Callable[[], Any],
    done: str,
    back_url: str,
    about: str = "",
    icon: str = "check",
) -> HttpResponseBase:
    """Show the form; when it is filled, act and go back. A refusal is told beside the form (422)."""
    return fill(
        request, form, title=title, act=title, do=lambda _form: carry_out(), done=lambda _made: back_url, told=done,
        back_url=back_url, icon=icon, template="rights/ask.html", refusals=Refusals, about=about,
    )  # fmt: skip
