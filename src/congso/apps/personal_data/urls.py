from django.urls import path

from congso.apps.personal_data.views import breaches, mine, register, requests, retention

app_name = "personal_data"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("nhat-ky-xem/", mine.seen_by, name="seen_by"),
    path("ban-sao/", mine.ask_copy, name="ask_copy"),
    path("ban-sao/<int:pk>/", mine.take_copy, name="take_copy"),
    path("so-xu-ly/", register.shown, name="register"),
    path("luu-giu/", retention.proposals, name="retention"),
    path("yeu-cau/", requests.listed, name="requests"),
    path("yeu-cau/moi/", requests.new, name="new_request"),
    path("yeu-cau/<int:pk>/", requests.detail, name="request"),
    path("yeu-cau/<int:pk>/tra-loi/", requests.paper, name="request_paper"),
    path("yeu-cau/<int:pk>/<slug:key>/", requests.act, name="request_act"),
    path("su-co/", breaches.listed, name="breaches"),
    path("su-co/moi/", breaches.new, name="new_breach"),
    path("su-co/<int:pk>/", breaches.detail, name="breach"),
    path("su-co/<int:pk>/mau-08/", breaches.form_08, name="breach_form"),
    path("su-co/<int:pk>/<slug:key>/", breaches.act, name="breach_act"),
]
