from django.urls import path

from congso.kernel.web import finding, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.read_notices, name="read_notices"),
    path("thong-bao/so-moi/", views.bell, name="bell"),
    path("tim-kiem/", finding.find, name="search"),
    path("giao-dien/", views.choose_theme, name="theme"),
]
