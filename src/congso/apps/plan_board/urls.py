from django.urls import path

from congso.apps.plan_board.views import drafting, items, meetings, showing

app_name = "plan_board"
urlpatterns = [
    path("", showing.plan_list, name="list"),
    path("moi/", drafting.new, name="new"),
    path("tu-ke-hoach-co-san/", drafting.from_starter, name="starter"),
    path("<int:pk>/", showing.detail, name="detail"),
    path("<int:pk>/in/", showing.printed, name="print"),
    path("<int:pk>/sua/", drafting.edit, name="edit"),
    path("<int:pk>/do/", items.measure, name="measure"),
    path("<int:pk>/muc/moi/", items.add, name="item-add"),
    path("<int:pk>/muc/<int:item_id>/", items.show, name="item"),
    path("<int:pk>/muc/<int:item_id>/sua/", items.edit, name="item-edit"),
    path("<int:pk>/muc/<int:item_id>/bo/", items.drop, name="item-drop"),
    path("<int:pk>/muc/<int:item_id>/chuyen/", items.move, name="item-move"),
    path("<int:pk>/muc/<int:item_id>/so-lieu/", items.report, name="report"),
    path("<int:pk>/kien-nghi/", meetings.ask, name="raise"),
    path("<int:pk>/kien-nghi/<int:matter_id>/", meetings.decide, name="decide"),
    path("<int:pk>/hop/moi/", meetings.make, name="pack-new"),
    path("<int:pk>/hop/<int:pack_id>/", meetings.pack, name="pack"),
    path("<int:pk>/hop/<int:pack_id>/word/", meetings.word, name="pack-word"),
    path("<int:pk>/hop/<int:pack_id>/van-ban/", meetings.hand_over, name="pack-hand-over"),
    path("<int:pk>/viec/<slug:key>/", drafting.act, name="act"),
]
