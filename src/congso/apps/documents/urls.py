from django.urls import path

from congso.apps.documents.views import accuracy, acting, quarantine, quick, reading, registers, registry

app_name = "documents"
urlpatterns = [
    path("", registers.documents, name="list"),
    path("duoc-giao/", registers.inbox, name="inbox"),
    path("so-dang-ky/", registers.book, name="book"),
    path("so-theo-doi/", registers.tracking, name="tracking"),
    path("so-dang-ky/giu-so/", registry.reserve, name="reserve"),
    path("tiep-nhan/", registry.intake, name="intake"),
    path("tiep-nhan/nhanh/", quick.quick, name="quick"),
    path("do-chinh-xac/", accuracy.accuracy, name="accuracy"),
    path("tiep-nhan/tai-len/", registry.upload, name="upload"),
    path("tiep-nhan/<int:pk>/tien-do/", registry.upload_state, name="upload_state"),
    path("tiep-nhan/<int:pk>/doc-lai/", registry.retry, name="retry"),
    path("cach-ly/", quarantine.quarantine, name="quarantine"),
    path("cach-ly/<int:pk>/<slug:how>/", quarantine.settle, name="quarantine_settle"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/phieu-xu-ly/", reading.slip, name="slip"),
    path("<int:pk>/y-kien/", reading.comment, name="comment"),
    path("<int:pk>/vao-so/", registry.register, name="register"),
    path("<int:pk>/sua-so/", registry.correct, name="correct"),
    path("<int:pk>/but-phe/", acting.direct, name="direct"),
    path("<int:pk>/viec/<str:key>/", acting.act, name="act"),
    path("phieu/<int:pk>/chuyen/", acting.pass_on, name="pass_on"),
    path("phieu/<int:pk>/<str:key>/", acting.line_act, name="line_act"),
]
