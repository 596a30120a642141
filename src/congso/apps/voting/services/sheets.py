"""Paper ballots that a scanner reads: printed with random names, scanned by each counter, doubts decided."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from congso.apps.voting.models import Ballot, Counter, SheetDecision, SheetDoubt, SheetPage, SheetSet
from congso.apps.voting.queries import ballot_of, counter_of
from congso.apps.voting.queries.rules import rule_under
from congso.apps.voting.rules import Marks
from congso.apps.voting.services.moving import Invalid, moving
from congso.apps.voting.sheets.layout import read_code
from congso.apps.voting.sheets.printing import Form, blank_form, print_sheets
from congso.apps.voting.sheets.reading import Expected, SheetFound, read_sheets
from congso.kernel.access.services import Actor
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.isolation import Crashed
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.jobs.services import JobRefused
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import NotYours, Refused

PURPOSE = "voting_sheets"
MOST_SHEETS = 3000
TWICE = "phiếu này đã được quét"
_OF_A_NAME = (SheetDecision.STRUCK, SheetDecision.KEPT)
_OF_INK = (SheetDecision.CLEAN, SheetDecision.SIGNED)
_OF_A_PAGE = (SheetDecision.FOREIGN, SheetDecision.UNREADABLE, SheetDecision.NO_BALLOT)


def print_ballots(ballot: Ballot, number: int, *, by: Actor, at: datetime) -> bytes:
    """So many more sheets as a PDF, each with a random name of its own that nobody ties to a voter. Raises Invalid."""
    if not 1 <= number <= MOST_SHEETS:
        raise Invalid([f"Mỗi lần in từ 1 đến {MOST_SHEETS} phiếu."])
    with moving(ballot, "print", by=by, at=at) as move:
        names = [one.name for one in ballot.options.all()]
        if not names or not ballot.seats:
            raise Invalid(["Hãy lập danh sách bầu cử và ghi số lượng cần bầu trước."])
        if rule_under(ballot).marks is not Marks.STRIKE:
            raise Invalid(["Quy tắc này không dùng phiếu gạch tên; hãy in phiếu theo mẫu của ban kiểm phiếu."])
        fresh = [secrets.token_hex(8) for _sheet in range(number)]
        SheetSet.objects.update_or_create(ballot=ballot, defaults={"names": sorted([*_printed(ballot), *fresh])})
        move.label = f"In {number} phiếu bầu"
        move.facts |= {"sheets": number}
        return print_sheets(_form(ballot, names), fresh)


def receive_sheets(read: ReadUpload, by: Actor, at: datetime) -> None:
    """A counter's scan: every page read twice over, kept for her alone. The scan itself is tied to nothing."""
    try:
        ballot = ballot_of(int(read.upload.details.get("ballot", 0)))
    except (Ballot.DoesNotExist, TypeError, ValueError) as gone:
        raise JobRefused("Cuộc bầu cử không còn, hoặc bạn không còn quyền đếm.") from gone
    own = counter_of(ballot, by.person_id or 0)
    pdf = read.searchable or read.blob
    if own is None or ballot.state != "closed" or not pdf.is_pdf:
        raise JobRefused("Chỉ thành viên ban kiểm phiếu đưa phiếu quét vào, khi đang kiểm phiếu.")
    try:
        with store().local(pdf.sha256) as path:
            found = read_scan(ballot, path, pages=pdf.pages)
    except FileRefused as refused:
        raise JobRefused(refused.message_vi) from refused
    except Crashed as crashed:
        raise JobRefused("Không đọc được tệp quét này.") from crashed
    keep_sheets(ballot, own, read.upload.pk, found, by=by, at=at)


def read_scan(ballot: Ballot, path: Path, *, pages: int) -> list[SheetFound]:
    """What is on the pages of a scanned PDF. Raises the files' Refused, or Crashed."""
    names = [one.name for one in ballot.options.all()]
    expected = Expected(ballot.pk, blank_form(_form(ballot, names)), len(names), _printed(ballot))
    with spool.work_folder(uuid4()) as work:
        return read_sheets(path, expected, pages=pages, limits=limits(), work=work)


def keep_sheets(
    ballot: Ballot, own: Counter, upload_id: int, found: Iterable[SheetFound], *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Write down what was read; a page scanned before is set aside."""
    seen = set(SheetPage.objects.filter(counter=own, problem="").values_list("sheet", "page"))
    pages = 0
    for one in found:
        code = read_code(one.code)
        sheet, page = (code[1], code[2]) if code else ("", 0)
        problem = one.problem or (TWICE if (sheet, page) in seen else "")
        seen |= set() if problem else {(sheet, page)}
        row = SheetPage.objects.create(
            counter=own, upload_id=upload_id, number=one.number, sheet=sheet, page=page, problem=problem,
            struck=[] if problem else one.struck,
        )  # fmt: skip
        _keep_doubts(row, one)
        pages += 1
    write_entry(
        act="ballot.sheets_read", actor=str(by), actor_label=own.label, at=at, organization_id=ballot.owner_id,
        record_id=ballot.pk, facts={"pages": pages},
    )  # fmt: skip


def _printed(ballot: Ballot) -> frozenset[str]:
    return frozenset(SheetSet.objects.filter(ballot=ballot).values_list("names", flat=True).first() or ())


def _keep_doubts(row: SheetPage, one: SheetFound) -> None:
    if row.problem:
        decision = SheetDecision.NO_BALLOT if row.problem == TWICE else ""
        SheetDoubt.objects.create(sheet_page=row, picture=one.whole, decision=decision)
        return
    SheetDoubt.objects.bulk_create(
        SheetDoubt(sheet_page=row, place=place, picture=picture) for place, picture in one.doubtful.items()
    )
    if one.whole:
        SheetDoubt.objects.create(sheet_page=row, picture=one.whole)


def decisions_for(doubt: SheetDoubt) -> tuple[SheetDecision, ...]:
    """What a person may say of it."""
    if doubt.place is not None:
        return _OF_A_NAME
    return _OF_A_PAGE if doubt.sheet_page.problem else _OF_INK


def decide_doubt(ballot: Ballot, doubt_id: int, decision: str, *, by: Actor, at: datetime) -> None:
    """What a counter sees on the picture; she may change her mind until she enters her count. Raises Refused."""
    doubt = SheetDoubt.objects.select_related("sheet_page__counter").filter(
        pk=doubt_id, sheet_page__counter__ballot=ballot
    ).first()  # fmt: skip
    own = counter_of(ballot, by.person_id or 0)
    if doubt is None or own is None:
        raise NotYours("Không tìm thấy chỗ cần xem này trong phiếu bạn đã quét.")
    if decision not in decisions_for(doubt):
        raise Refused("Hãy chọn một trong các kết luận đã ghi.")
    if not SheetDoubt.objects.filter(pk=doubt.pk).update(decision=decision):
        raise Refused("Đã hết thời gian kiểm phiếu.")
    write_entry(
        act="ballot.sheet_decided", actor=str(by), actor_label=own.label, at=at, organization_id=ballot.owner_id,
        record_id=ballot.pk, facts={"page": str(doubt.sheet_page), "place": doubt.place, "decision": decision},
    )  # fmt: skip


def _form(ballot: Ballot, names: list[str]) -> Form:
    return Form(ballot.pk, ballot.owner.name, ballot.title, ballot.seats, names, ballot.round)
