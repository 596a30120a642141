"""A copy by e-mail: the issued PDF to one address, or the word that it is taken back."""

from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage

from congso.apps.outgoing.models import CoSigner, Recipient
from congso.apps.outgoing.services.papers import bytes_of_paper
from congso.kernel.jobs.services import JobRefused
from congso.lib.languages import in_vietnamese


def letter_to(recipient: Recipient, *, recall: str = "") -> EmailMessage:
    """The letter with the document, or about its recall."""
    document = recipient.document
    what = f"{document.type_name} số {document.number} ngày {document.issued_on:%d/%m/%Y} của {document.issuer.name}"
    if recall:
        subject = f"Thu hồi văn bản {document.number}"
        text = f"{document.issuer.name} thu hồi {what}.\nLý do: {recall}\nĐề nghị hủy bản đã nhận và trả lời thư này."
        return EmailMessage(subject, text, to=[recipient.address])
    subject = f"{document.number}: {document.title}"[:200]
    text = (
        f"Kính gửi {recipient.name},\n\n{document.issuer.name} gửi {what}: {document.title}.\n"
        "Văn bản được ký số; hãy kiểm tra chữ ký trước khi sử dụng."
    )
    letter = EmailMessage(" ".join(subject.split()), text, to=[recipient.address])
    letter.attach(f"{document.number.replace('/', '-')}.pdf", bytes_of_paper(document), "application/pdf")
    return letter


def letter_outside(signer: CoSigner, *, is_seal: bool) -> EmailMessage:
    """The paper to an agency outside, to be signed or sealed with its own program and sent back."""
    document, what = signer.document, "đóng dấu số" if is_seal else "ký số"
    title = f"{document.type_name} {document.number}".strip()
    text = (
        f"Kính gửi {signer.agency},\n\n{document.issuer.name} đề nghị {what} {title}: {document.title}.\n"
        f"Hãy mở tệp kèm thư bằng phần mềm ký số của cơ quan, {what} đúng vào ô đã chừa sẵn, lưu theo cách chỉ bổ sung"
        " chữ ký (không “Save as”, không in lại ra PDF), rồi trả lời thư này kèm tệp đã ký.\n"
        "Mọi thay đổi khác trong tệp sẽ làm bản ký không được nhận."
    )
    subject = " ".join(f"Đề nghị {what}: {title} {document.title}"[:200].split())
    letter = EmailMessage(subject, text, to=[signer.sent_to])
    letter.attach(f"{(document.number or document.type_name).replace('/', '-')}.pdf", bytes_of_paper(document),
                  "application/pdf")  # fmt: skip
    return letter


@in_vietnamese()
def send(letter: EmailMessage) -> None:
    """Hand it to the mail server. Raises JobRefused with what to do."""
    try:
        letter.send()
    except (SMTPException, OSError) as error:
        raise JobRefused(f"Máy chủ thư không nhận: {str(error)[:200]}. Có thể gửi lại hoặc gửi bản giấy.") from error


def note_sent(recipient_id: int, *, at: datetime, problem: str = "") -> None:
    """What became of it, on the list."""
    found = Recipient.objects.filter(pk=recipient_id, state__in=[Recipient.State.QUEUED, Recipient.State.FAILED])
    if problem:
        found.update(state=Recipient.State.FAILED, reason=problem[:1000])
    else:
        found.update(state=Recipient.State.SENT, sent_at=at, reason="")
