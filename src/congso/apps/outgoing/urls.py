from django.urls import path

from congso.apps.outgoing.views import acting, book, consulting, drafting, reading, registry, sending, signers, signing

app_name = "outgoing"
urlpatterns = [
    path("", reading.documents, name="list"),
    path("soan/", drafting.draft, name="draft"),
    path("so/", book.book, name="book"),
    path("so/giu-so/", book.reserve, name="reserve"),
    path("quyen-ky/", book.grants, name="grants"),
    path("quyen-ky/<int:pk>/ket-thuc/", book.end_grant, name="end_grant"),
    path("ky-nhieu/", signing.many, name="sign_many"),
    path("y-kien/<int:pk>/", consulting.answer, name="answer"),
    path("noi-nhan/<int:pk>/bi-thu/", sending.envelope, name="envelope"),
    path("noi-nhan/<int:pk>/<slug:how>/", sending.recipient_act, name="recipient_act"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/sua/", drafting.edit, name="edit"),
    path("<int:pk>/thay-the/", drafting.replace, name="replace"),
    path("<int:pk>/tep/", drafting.bring, name="bring"),
    path("<int:pk>/so-sanh/", drafting.compare, name="compare"),
    path("<int:pk>/kiem-tra/", drafting.preflight, name="preflight"),
    path("<int:pk>/trao-doi/", reading.comment, name="comment"),
    path("<int:pk>/ghi-chu/", signing.note, name="note"),
    path("<int:pk>/nguoi-ky/", signers.signers, name="signers"),
    path("<int:pk>/xin-y-kien/", consulting.ask, name="ask"),
    path("<int:pk>/tong-hop/", consulting.table, name="opinions"),
    path("<int:pk>/doc-ky/", signing.read_and_sign, name="sign"),
    path("<int:pk>/phat-hanh/", registry.issue, name="issue"),
    path("<int:pk>/noi-nhan/", sending.recipients, name="recipients"),
    path("<int:pk>/phieu-gui/", sending.slip, name="slip"),
    path("<int:pk>/viec/<str:key>/", acting.act, name="act"),
]
