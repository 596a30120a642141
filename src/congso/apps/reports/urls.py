from django.urls import path

from congso.apps.reports.views import designing, filling, gathering, judging, lists, sheets

app_name = "reports"
urlpatterns = [
    path("", lists.report_list, name="list"),
    path("mau/", designing.form_list, name="forms"),
    path("mau/moi/", designing.new_form, name="new-form"),
    path("mau/<slug:code>/", designing.design, name="design"),
    path("mau/<slug:code>/ban-hanh/", designing.publish, name="publish"),
    path("mau/<slug:code>/don-vi/", designing.units, name="units"),
    path("tong-hop/", gathering.overview, name="overview"),
    path("tong-hop/<slug:code>/<slug:period>/", gathering.gathered, name="gathered"),
    path("tong-hop/<slug:code>/<slug:period>/word/", gathering.word, name="gathered-word"),
    path("tong-hop/<slug:code>/<slug:period>/excel/", gathering.excel, name="gathered-excel"),
    path("tong-hop/<slug:code>/<slug:period>/van-ban/", gathering.hand_over, name="gathered-hand-over"),
    path("tong-hop/<slug:code>/<slug:period>/khoa/", gathering.lock, name="lock-period"),
    path("tong-hop/<slug:code>/<slug:period>/so/<int:indicator>/", gathering.sources, name="sources"),
    path("<int:pk>/", judging.detail, name="detail"),
    path("<int:pk>/nhap/", filling.fill, name="fill"),
    path("<int:pk>/ky-truoc/", filling.carry, name="carry"),
    path("<int:pk>/mau-moi/", filling.renew, name="renew"),
    path("<int:pk>/chon-so/", filling.settle, name="settle"),
    path("<int:pk>/tep/", filling.attach, name="attach"),
    path("<int:pk>/o/<str:key>/", judging.cell, name="cell"),
    path("<int:pk>/excel/", sheets.download, name="sheet"),
    path("<int:pk>/dua-len/", sheets.bring, name="bring"),
    path("<int:pk>/dua-len/<int:sheet>/", sheets.review, name="review"),
    path("<int:pk>/word/", judging.word, name="word"),
    path("<int:pk>/van-ban/", judging.hand_over, name="hand-over"),
    path("<int:pk>/y-kien/", judging.comment, name="comment"),
    path("<int:pk>/<slug:key>/", judging.act, name="act"),
]
