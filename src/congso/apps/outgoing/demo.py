"""The demo's outgoing documents: one at each great step, made through the services by the people who would do it.

The last one is signed, numbered, sealed and sent to two offices of the portal. Keys are the demonstration's: whatever
they sign says KHÔNG CÓ GIÁ TRỊ PHÁP LÝ. Where nothing prints Word files, only drafts are made.
"""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import RECORD_TYPE, Authority, Channel, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import Address, DraftFacts
from congso.apps.outgoing.services.checking import check_again, keep_print, print_of
from congso.apps.outgoing.services.contents import content_of
from congso.apps.outgoing.services.drafting import add_version
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.models import Organization, Person
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.services import store_file
from congso.kernel.records.models import Record
from congso.kernel.signing import demo as signing_demo
from congso.kernel.signing.authorities.issuing import load_authorities, save_holder
from congso.kernel.signing.configuration import demonstration_folder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Credential
from congso.kernel.signing.services import register_credential

DRAFTER, HEAD, CHIEF, LEADER, CLERK = "cv.th.vptu", "tp.th.vptu", "chanhvp.vptu", "pbttt.tu", "vanthu1.vptu"
_BODY = """- Căn cứ Quy định số 399-QĐ/TW, ngày 09/01/2026 của Bộ Chính trị;
Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, cơ quan, đơn vị thực hiện tốt các nội dung sau:
I- MỤC ĐÍCH, YÊU CẦU
Nâng cao chất lượng tham mưu, phục vụ; bảo đảm công việc được xử lý trên môi trường số.
II- NHIỆM VỤ
Các ban đảng, đảng ủy trực thuộc xây dựng kế hoạch cụ thể, phân công rõ đơn vị chủ trì và thời hạn.
III- TỔ CHỨC THỰC HIỆN
Văn phòng Tỉnh ủy theo dõi, đôn đốc, định kỳ báo cáo Ban Thường vụ Tỉnh ủy."""
_TITLES = (
    ("consulting", "plan", "nâng cao chất lượng sinh hoạt chi bộ năm 2027"),
    ("verifying", "notice", "phân công cấp ủy viên phụ trách địa bàn"),
    ("to_sign", "plan", "tuyên truyền các ngày lễ lớn năm 2027"),
    ("issued", "plan", "số hóa hồ sơ, tài liệu lưu trữ giai đoạn 2026-2028"),
)


def load() -> int:
    """Make them once; returns how many."""
    if not User.objects.filter(username=DRAFTER).exists():
        return 0
    with acting_as(_actor(DRAFTER)):
        if Record.objects.filter(type=RECORD_TYPE).exists():
            return 0
    signing_demo.load()
    seal = _seal()
    _draft("report", "kết quả thực hiện nhiệm vụ năm 2026")
    made = 1
    for stage, kind, title in _TITLES:
        document = _draft(kind, title)
        made += 1
        if not _version(document):
            break
        _carry_on(document, stage, seal)
    return made


def _draft(kind: str, title: str) -> OutgoingDocument:
    drafter = _actor(DRAFTER)
    with acting_as(drafter):
        issuer = Organization.objects.select_related("parent").get(code="LC.TU")
        facts = DraftFacts(
            issuer, kind, title,
            recipients_text="- Các ban đảng Tỉnh ủy,\n- Các đảng ủy trực thuộc,\n- Lưu Văn phòng Tỉnh ủy.",
            authority=Authority.ON_BEHALF, authority_over="Ban Thường vụ", signer=_person(LEADER),
            due_on=timezone.localdate() + timedelta(days=10),
        )  # fmt: skip
        return services.start_draft(facts, by=drafter, at=_before(6))


def _version(document: OutgoingDocument) -> bool:
    """Its first version, laid out, printed and checked at once; false where nothing prints."""
    drafter = _actor(DRAFTER)
    with acting_as(drafter):
        fresh = outgoing_document(document.pk)
        fresh.content = _BODY
        data = make_docx(content_of(fresh))
    printed = print_of(data)
    if printed is None:
        return False
    with acting_as(drafter), TemporaryDirectory() as folder:
        fresh = outgoing_document(document.pk)
        path = Path(folder) / "du-thao.docx"
        path.write_bytes(data)
        blob = store_file(path, media_type=FACTS[FileKind.DOCX].media_type, pages=0, by=drafter, at=_before(5))
        upload = Upload(name="du-thao.docx", organization=fresh.owner, uploaded_at=_before(5))
        read = ReadUpload(upload, blob, None, (_BODY,), ())
        version = add_version(fresh, read, kind="written", reason="Bản đầu", by=drafter, at=_before(5))
        keep_print(version, printed, by=drafter, at=_before(5))
        check_again(fresh, at=_before(5))
    return True


def _carry_on(document: OutgoingDocument, stage: str, seal: Credential) -> None:
    if stage == "consulting":
        _do(
            DRAFTER,
            services.ask_opinions,
            document,
            4,
            targets=_asked(),
            due_on=timezone.localdate() + timedelta(days=5),
        )
        return
    _do(DRAFTER, services.submit, document, 4)
    _do(HEAD, services.approve_unit, document, 3)
    if stage == "verifying":
        return
    _do(CHIEF, services.verify, document, 2)
    _do(LEADER, services.approve, document, 1)
    if stage == "to_sign":
        return
    with acting_as(_actor(LEADER)):
        key = Credential.objects.get(person=_person(LEADER), status=Credential.Status.ACTIVE)
    _do(LEADER, services.sign_document, document, 0, credential=key, secret="")
    _do(CLERK, services.number_document, document, 0)
    _do(CLERK, services.seal_document, document, 0, credential=seal, secret="")
    with acting_as(_actor(CLERK)):
        offices = Organization.objects.filter(code__in=["LC.BTCTU", "LC.DU.03006.VP"])
        addresses = [Address(Channel.PORTAL, organization=one) for one in offices]
    _do(CLERK, services.add_recipients, document, 0, addresses=addresses)
    _do(CLERK, services.issue_document, document, 0)


def _do(username: str, act: object, document: OutgoingDocument, hours: float, **facts: object) -> None:
    actor = _actor(username)
    with acting_as(actor):
        act(outgoing_document(document.pk), **facts, by=actor, at=_before(hours))  # type: ignore[operator]


def _asked() -> list[Organization | Person]:
    with acting_as(_actor(DRAFTER)):
        return list(Organization.objects.filter(code__in=["LC.VPTU.CDSCY", "LC.BTCTU"]).order_by("code"))


def _seal() -> Credential:
    """The office's seal, a demonstration key in its clerk's hands."""
    clerk, now = _actor(CLERK), timezone.now()
    with acting_as(clerk):
        office = Organization.objects.get(code="LC.VPTU")
        holder = load_authorities(demonstration_folder()).issue(office.name, organization=office.name, at=now)
        save_holder(holder, demonstration_folder(), "con-dau.vptu")
        return register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": "con-dau.vptu"},
            organization=office, by=clerk, at=timezone.now(),
        )  # fmt: skip


def _actor(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))


def _person(username: str) -> Person:
    return Person.objects.get(user__username=username)


def _before(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)
