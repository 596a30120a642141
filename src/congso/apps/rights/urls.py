from django.urls import path

from congso.apps.rights.views import desks, openings, reviews, roles

app_name = "rights"
urlpatterns = [
    path("", roles.roles, name="roles"),
    path("cap/", roles.propose, name="propose"),
    path("de-nghi/<int:pk>/dong-y/", roles.agree, name="agree"),
    path("de-nghi/<int:pk>/tu-choi/", roles.refuse, name="refuse"),
    path("de-nghi/<int:pk>/rut/", roles.withdraw, name="withdraw"),
    path("vai-tro/<int:pk>/thu-hoi/", roles.end, name="end"),
    path("mo-khan-cap/", openings.openings, name="openings"),
    path("mo-khan-cap/xin/", openings.ask, name="ask_opening"),
    path("mo-khan-cap/<int:pk>/", openings.opening, name="opening"),
    path("mo-khan-cap/<int:pk>/dong/", openings.end, name="end_opening"),
    path("ban-lam-viec/", desks.desk, name="desk"),
    path("ban-lam-viec/giao/", desks.hand_over, name="hand_over"),
    path("ban-lam-viec/<int:pk>/thoi/", desks.take_back, name="take_back"),
    path("ban-lam-viec/<int:pk>/viec/", desks.acts, name="acts"),
    path("ra-soat/", reviews.campaigns, name="reviews"),
    path("ra-soat/mo/", reviews.open_, name="open_review"),
    path("ra-soat/<int:pk>/", reviews.campaign, name="campaign"),
    path("ra-soat/<int:pk>/<int:organization>/", reviews.unit, name="unit"),
    path("ra-soat/<int:pk>/<int:organization>/in/", reviews.printed, name="minutes"),
    path("ra-soat/<int:pk>/<int:organization>/quyet-dinh/", reviews.decide, name="decide"),
    path("ra-soat/<int:pk>/<int:organization>/xac-nhan/", reviews.confirm, name="confirm_unit"),
    path("ra-soat/thu-hoi/<int:pk>/", reviews.carry_out, name="carry_out"),
]
