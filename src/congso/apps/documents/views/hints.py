"""What stands under each field of the register form: how sure the machine is, why not, and where it read it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from congso.apps.documents.forms import EntryForm
from congso.apps.documents.models import FieldProposal
from congso.apps.documents.services.proposing import COLUMNS, form_value, shown_text
from congso.kernel.papers.proposals import FieldName

# A paper that bears no mark of urgency or circulation simply has none; whoever signs has a post.
_OFTEN_ABSENT = {FieldName.URGENCY, FieldName.CIRCULATION}


class Level(StrEnum):
    """How a proposal stands before a person has looked."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    EMPTY = "empty"


@dataclass(frozen=True)
class Hint:
    """The words under one field. `value` and `alternative` are what the form takes at a press."""

    column: str
    level: Level
    words: str
    icon: str
    page: int
    places: str
    value: str
    alternative: str
    read: str

    @property
    def id(self) -> str:
        """The id of the words, for the field they describe."""
        return f"hint_{self.column}"

    @property
    def wants_a_look(self) -> bool:
        """Whether a person should look before registering."""
        return self.level is not Level.SURE


@dataclass(frozen=True)
class ToSee:
    """One field to look at, in the order of the form."""

    label: str
    input_id: str


def hints_of(proposals: Iterable[FieldProposal]) -> dict[str, Hint]:
    """Hints by the register's column; a field that papers often lack has none when nothing was found."""
    found = {}
    for one in proposals:
        if one.name in COLUMNS and (one.proposed or one.doubt or one.name not in _OFTEN_ABSENT):
            found[COLUMNS[FieldName(one.name)]] = _hint(one)
    return found


def fields_to_see(form: EntryForm, hints: dict[str, Hint]) -> list[ToSee]:
    """The fields a person should look at, as the form has them."""
    return [
        ToSee(str(bound.label), bound.id_for_label or bound.auto_id or "")
        for bound in form
        if bound.name in hints and hints[bound.name].wants_a_look
    ]


def _hint(one: FieldProposal) -> Hint:
    if not one.proposed:
        level, icon = Level.EMPTY, "pencil"
        words = _("Máy không đọc được, hãy nhập") + (f": {one.doubt}" if one.doubt else "")
    elif one.is_doubtful:
        level, icon = Level.DOUBTFUL, "alert-triangle"
        words = _("Nên xem") + f": {one.doubt or _('Chữ không rõ.')}"
    else:
        level, icon, words = Level.SURE, "circle-check", _("Đọc rõ")
    return Hint(
        column=COLUMNS[FieldName(one.name)],
        level=level,
        words=words,
        icon=icon,
        page=int(one.places[0][0]) if one.places else 0,
        places=json.dumps([place for place in one.places if len(place) > 1] or one.places),
        value=form_value(one.name, one.proposed),
        alternative=form_value(one.name, one.alternative) if one.alternative else "",
        read=shown_text(one.name, one.proposed),
    )
