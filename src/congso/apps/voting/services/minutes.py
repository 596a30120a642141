"""The record of a ballot (biên bản) in the official form, made when its result stands and kept beside it."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from congso.apps.voting.models import Ballot, BallotMethod, BallotWay
from congso.apps.voting.queries import answers_of, rule_under
from congso.apps.voting.rules import CHOICES, Choice, percent
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Block, Grid, Layout, Level, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.queries import name_on
from congso.kernel.files.models import Attachment
from congso.kernel.files.services import attach, store_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def keep_minutes(ballot: Ballot, *, by: Actor, at: datetime) -> None:
    """Make the paper and put it beside the ballot; inside the act that fixes the result."""
    with TemporaryDirectory(prefix="congso-minutes-") as folder:
        path = Path(folder) / "minutes.docx"
        path.write_bytes(minutes_paper(ballot))
        blob = store_file(path, media_type=WORD, pages=0, by=by, at=at)
    attach(ballot, blob, name=f"{_kind(ballot)}.docx", role=Attachment.Role.ENCLOSURE, by=by, at=at)


def minutes_paper(ballot: Ballot) -> bytes:
    """The paper as a Word file: who there was, what was counted, why the result is what it is, who signs."""
    result = ballot.result
    at = datetime.fromisoformat(result["at"])
    day = timezone.localdate(at)
    layout = Layout(ballot.owner.layout_profile)
    body: list[Block] = [*_head(ballot, at), *_figures(ballot, result["tally"]), *_answers(ballot)]
    body.append(Passage("III- Kết quả và căn cứ", Level.SECTION))
    for one in result["outcome"]["reasons"]:
        basis = f" (Căn cứ: {one['basis']})" if one["basis"] else ""
        body.append(Passage(f"- {one['text']}{basis}"))
    body.append(Passage(f"Kết luận: {result['outcome']['verdict']}.", Level.HEADING))
    return make_docx(
        PaperContent(
            layout=layout,
            issuer=name_on(ballot.owner, day).upper(),
            parent=name_on(ballot.owner.parent, day).upper() if ballot.owner.parent else "",
            symbol=_symbol(ballot, layout),
            place="",
            doc_type="minutes",
            type_name=_kind(ballot),
            title=ballot.title,
            body=tuple(body),
            signatures=_signatures(ballot),
            recipients=("Lưu hồ sơ hội nghị.",),
            year=day.year,
        )
    )


def _kind(ballot: Ballot) -> str:
    if ballot.way == BallotWay.CIRCULATION:
        return "Biên bản tổng hợp ý kiến"
    is_named = ballot.method == BallotMethod.NAMED
    return "Biên bản biểu quyết" if is_named or ballot.method == BallotMethod.HANDS else "Biên bản kiểm phiếu"


def _symbol(ballot: Ballot, layout: Layout) -> str:
    separator = "-" if layout is Layout.STATE else "/"
    return f"BB{separator}{ballot.owner.symbol}" if ballot.owner.symbol else "BB"


def _head(ballot: Ballot, at: datetime) -> list[Block]:
    opened, closed = timezone.localtime(ballot.opened_at), timezone.localtime(at)
    told = [
        f"Hình thức: {ballot.get_way_display()}, {ballot.get_method_display().lower()}; vòng {ballot.round}.",
        f"Bắt đầu {opened:%H:%M ngày %d/%m/%Y}; kết quả xác định lúc {closed:%H:%M ngày %d/%m/%Y}.",
        f"Quy tắc: {ballot.voting_rule.title} ({rule_under(ballot).basis}).",
    ]
    if ballot.round_reason:
        told.append(f"Lý do biểu quyết lại: {ballot.round_reason}")
    counters = "; ".join(f"{one.label}{' (Trưởng ban)' if one.is_head else ''}" for one in ballot.counters.all())
    if counters:
        told.append(f"Ban kiểm phiếu: {counters}.")
    gone = [one for one in ballot.voters.all() if one.removed_at is not None]
    told += [f"{one.label}: không tiếp tục biểu quyết. Lý do: {one.removed_reason}" for one in gone]
    head: list[Block] = [Passage("I- Nội dung và thành phần", Level.SECTION)]
    head += [Passage(line) for line in ballot.question.splitlines() if line.strip()]
    return [*head, *(Passage(one) for one in told)]


def _figures(ballot: Ballot, tally: dict[str, Any]) -> list[Block]:
    invalid = tally["collected"] - tally["valid"]
    rows: list[tuple[str, ...]] = [
        ("Nội dung", "Số lượng", "Tỉ lệ"),
        ("Số phiếu phát ra", str(tally["issued"]), ""),
        ("Số phiếu thu về", str(tally["collected"]), percent(tally["collected"], tally["issued"])),
        ("Số phiếu hợp lệ", str(tally["valid"]), percent(tally["valid"], tally["collected"])),
        ("Số phiếu không hợp lệ", str(invalid), percent(invalid, tally["collected"])),
    ]
    base = ballot.result["outcome"]["base"]
    if ballot.is_list:
        votes = zip(ballot.options.all(), tally["votes"], strict=True)
        rows += [(one.name, str(number), percent(number, base)) for one, number in votes]
    else:
        rows += [(CHOICES[one].capitalize(), str(tally[one.value]), percent(tally[one.value], base)) for one in Choice]
    return [Passage("II- Số liệu", Level.SECTION), Grid(tuple(rows), widths=(5, 2, 2))]


def _answers(ballot: Ballot) -> list[Block]:
    """Who answered what, where votes are named; those who did not answer are named too."""
    if ballot.method != BallotMethod.NAMED:
        return []
    names = [one.name for one in ballot.options.all()]
    given = {one.voter_id: one for one in answers_of(ballot)}
    rows: list[tuple[str, ...]] = [("Họ và tên, chức vụ", "Ý kiến", "Nội dung ý kiến")]
    for voter in ballot.voters.all():
        answer = given.get(voter.pk)
        if answer is None and not voter.may_vote:
            continue
        if answer is None:
            rows.append((voter.label, "không trả lời", ""))
        elif ballot.is_list:
            rows.append((voter.label, ", ".join(names[place] for place in answer.picks) or "không bầu ai", ""))
        else:
            rows.append((voter.label, CHOICES[Choice(answer.choice)], answer.words))
    return [Grid(tuple(rows), widths=(4, 3, 4))]


def _signatures(ballot: Ballot) -> tuple[Signature, ...]:
    head = next((one for one in ballot.counters.all() if one.is_head), None)
    if head is None:
        return (
            Signature(name="", post="NGƯỜI LẬP BIÊN BẢN", has_seal=False, key="1"),
            Signature(name="", post="CHỦ TRÌ", has_seal=False, key="2"),
        )
    name = head.label.partition(",")[0]
    return (
        Signature(name="", post="CHỦ TRÌ", has_seal=False, key="1"),
        Signature(name=name, post="TRƯỞNG BAN KIỂM PHIẾU", has_seal=False, key="2"),
    )
