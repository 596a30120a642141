"""Who takes part sees a meeting; who runs it writes it. Items are records of their own: a guest or who prepares one
sees that item and nothing else. Members add in their own name alone: replies, presence by code, requests, opinions,
remarks.

`may_act` is true for who runs the meeting (chair, secretary, its office): the flow gives members no transition.
"""

from congso.lib.protection import Table, child_of_record

_SEES_MEETING = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = meeting_id)"
_SEES_ITEM = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = item_id)"
_RUNS = "congso.may_act(meeting_id)"
_ITEM = "congso.may_act(item_id)"
_ME = "congso.person()"
_OWN = f"person_id = {_ME}"
_BY_ME = f"by_id = {_ME}"


def _stands(meeting: str, *states: str) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"EXISTS (SELECT 1 FROM records_record r WHERE r.id = {meeting} AND r.state IN ({listed}))"


def _part(more: str = "") -> str:
    """The participant a row is about."""
    return f"EXISTS (SELECT 1 FROM meetings_participant p WHERE p.id = participant_id{more})"


def _my_part(*states: str, of: str = "") -> str:
    """The row is about the caller herself, who takes part in a meeting that stands so; `of`: the row's own meeting."""
    same = f" AND p.meeting_id = {of}" if of else ""
    return _part(f"{same} AND p.person_id = {_ME} AND p.left_out_at IS NULL AND {_stands('p.meeting_id', *states)}")


_RUNS_PART = _part(" AND congso.may_act(p.meeting_id)")
_NOTES_PART = _part(f" AND congso.may_act(p.meeting_id) AND {_stands('p.meeting_id', 'convened', 'open', 'closed')}")
_ASKS = _my_part("open", of="meeting_id")

TABLES = (
    child_of_record("meetings_meeting"),
    child_of_record("meetings_item"),
    Table(
        "meetings_participant",
        read=_SEES_MEETING,
        insert=_RUNS,
        update=_RUNS,
        columns=("label", "capacity", "is_voting", "left_out_at"),
        # Nobody was told of a meeting that is still being prepared.
        delete=f"{_RUNS} AND {_stands('meeting_id', 'draft')}",
        check=_RUNS,
    ),
    # A reply with its reason is seen by who gave it and by who runs the meeting.
    Table(
        "meetings_reply",
        read=f"{_RUNS_PART} OR {_part(f' AND p.person_id = {_ME}')}",
        insert=f"{_my_part('convened', 'open')} AND decision = ''",
        update=_RUNS_PART,
        columns=("decision", "decided_by_label", "decided_reason", "decided_at"),
        check=_RUNS_PART,
    ),
    Table(
        "meetings_presence",
        read=_part(),
        insert=f"{_NOTES_PART} OR (way = 'code' AND kind <> 'void' AND {_my_part('convened', 'open')})",
    ),
    Table("meetings_guest", _SEES_ITEM, _ITEM, _ITEM, _ITEM, columns=("came_at",), check=_ITEM),
    Table("meetings_paper", read=_SEES_ITEM, insert=_ITEM, update=_ITEM, columns=("title", "position"), check=_ITEM),
    Table(
        "meetings_paperversion",
        read="EXISTS (SELECT 1 FROM meetings_paper k WHERE k.id = paper_id)",
        insert="EXISTS (SELECT 1 FROM meetings_paper k WHERE k.id = paper_id AND congso.may_act(k.item_id))",
    ),
    Table(
        "meetings_papernote",
        read=_OWN,
        insert=f"{_OWN} AND EXISTS (SELECT 1 FROM meetings_paperversion v"
        " JOIN files_attachment a ON a.id = v.attachment_id WHERE v.id = version_id)",
        update=_OWN,
        delete=_OWN,
        columns=("page", "text", "at", "mark_x", "mark_y", "mark_width", "mark_height"),
        check=_OWN,
    ),
    Table(
        "meetings_speech",
        read=_SEES_MEETING,
        insert=f"{_ASKS} AND state = 'waiting' AND {_SEES_ITEM}",
        update=f"{_RUNS} OR ({_ASKS} AND state = 'waiting')",
        columns=("state", "called_at", "ended_at"),
        check=f"{_RUNS} OR ({_ASKS} AND state = 'dropped')",
    ),
    Table(
        "meetings_opinion",
        read=_SEES_MEETING,
        insert=f"{_BY_ME} AND {_SEES_ITEM} AND ({_RUNS} OR {_ASKS})",
        update=f"{_BY_ME} AND {_stands('meeting_id', 'open', 'closed')}",
        columns=("text", "at"),
        check=_BY_ME,
    ),
    Table("meetings_event", read=_SEES_MEETING, insert=_SEES_MEETING),
    Table(
        "meetings_remark",
        read=_SEES_MEETING,
        insert=f"{_my_part('closed', of='meeting_id')} AND handling = 'open'",
        update=_RUNS,
        columns=("handling", "answer"),
        check=_RUNS,
    ),
    Table(
        "meetings_conclusion",
        _SEES_MEETING,
        _RUNS,
        _RUNS,
        f"{_RUNS} AND task_id IS NULL",
        columns=("position", "text", "lead_id", "due_on", "product", "no_task_reason", "task_id", "item_id"),
        check=_RUNS,
    ),
)
