from django.urls import path

from congso.apps.personal_data.views import assessments, breaches, consents, mine, register, requests, retention

app_name = "personal_data"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("nhat-ky-xem/", mine.seen_by, name="seen_by"),
    path("ban-sao/", mine.ask_copy, name="ask_copy"),
    path("ban-sao/<int:pk>/", mine.take_copy, name="take_copy"),
    path("so-xu-ly/", register.shown, name="register"),
    path("danh-gia/", assessments.listed, name="assessments"),
    path("danh-gia/moi/", assessments.new, name="new_assessment"),
    path("danh-gia/<int:pk>/", assessments.detail, name="assessment"),
    path("danh-gia/<int:pk>/mau-10/", assessments.form_10, name="assessment_form"),
    path("danh-gia/<int:pk>/<slug:key>/", assessments.act, name="assessment_act"),
    path("dong-y/", consents.mine, name="consents"),
    path("dong-y/<int:pk>/dong-y/", consents.give, name="give_consent"),
    path("dong-y/<int:pk>/rut-lai/", consents.withdraw, name="withdraw_consent"),
    path("dong-y/<int:pk>/giay/", consents.proof, name="consent_proof"),
    path("muc-dich/", consents.purposes, name="purposes"),
    path("muc-dich/moi/", consents.new_purpose, name="new_purpose"),
    path("muc-dich/<int:pk>/", consents.purpose, name="purpose"),
    path("muc-dich/<int:pk>/noi-dung/", consents.new_text, name="new_text"),
    path("muc-dich/<int:pk>/giay/", consents.paper, name="paper_consent"),
    path("muc-dich/<int:pk>/dong/", consents.close, name="close_purpose"),
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
