from django.urls import path

from congso.apps.voting.views import counting, lists, preparing, ruling, secret, sheets, showing, voting

app_name = "voting"
urlpatterns = [
    path("", lists.ballot_list, name="list"),
    path("moi/", preparing.new_ballot, name="new"),
    path("quy-tac/", ruling.rule_list, name="rules"),
    path("quy-tac/moi/", ruling.new_rule, name="new-rule"),
    path("quy-tac/<slug:code>/", ruling.rule, name="rule"),
    path("quy-tac/<slug:code>/dung/", ruling.stop, name="stop-rule"),
    path("<int:pk>/", showing.detail, name="detail"),
    path("<int:pk>/dien-bien/", showing.live, name="live"),
    path("<int:pk>/sua/", preparing.change, name="change"),
    path("<int:pk>/nguoi-bieu-quyet/", preparing.voters, name="voters"),
    path("<int:pk>/ban-kiem-phieu/", preparing.counters, name="counters"),
    path("<int:pk>/danh-sach/", preparing.options, name="options"),
    path("<int:pk>/co-mat/", preparing.change_list, name="change-list"),
    path("<int:pk>/phieu/", voting.vote, name="vote"),
    path("<int:pk>/nhan-phieu/", secret.take, name="take"),
    path("<int:pk>/khoa/", secret.key, name="key"),
    path("<int:pk>/mo-hom/", secret.unlock, name="unlock"),
    path("<int:pk>/kiem-lai/", secret.recount, name="recount"),
    path("hom/<uuid:address>/", secret.box, name="box"),
    path("<int:pk>/in-phieu/", sheets.print_sheets, name="print"),
    path("<int:pk>/phieu-quet/", sheets.scanned, name="scanned"),
    path("<int:pk>/phieu-quet/gui/", sheets.scan, name="scan"),
    path("<int:pk>/dem/", counting.count, name="count"),
    path("<int:pk>/bien-ban/", showing.minutes, name="minutes"),
    path("<int:pk>/y-kien/", showing.comment, name="comment"),
    path("<int:pk>/<slug:key>/", showing.act, name="act"),
]
