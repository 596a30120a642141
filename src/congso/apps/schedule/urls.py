from django.urls import path

from congso.apps.schedule.views import entries, free, lists, things, weeks

app_name = "schedule"
urlpatterns = [
    path("", weeks.week, name="week"),
    path("thang/", weeks.month, name="month"),
    path("to-in/", weeks.sheet, name="sheet"),
    path("cong-bo/", weeks.publish, name="publish"),
    path("dang-ky/", entries.new, name="new"),
    path("kiem-tra/", entries.check, name="check"),
    path("de-xuat/", lists.entry_list, name="list"),
    path("gio-trong/", free.free, name="free"),
    path("do-dung/", things.things, name="things"),
    path("do-dung/moi/", things.new, name="new-thing"),
    path("do-dung/<int:thing>/", things.change, name="thing"),
    path("<int:pk>/", entries.detail, name="detail"),
    path("<int:pk>/sua/", entries.edit, name="edit"),
    path("<int:pk>/y-kien/", entries.comment, name="comment"),
    path("<int:pk>/<slug:key>/", entries.act, name="act"),
]
