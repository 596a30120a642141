from django.urls import path

from congso.kernel.web import explaining, finding, regulations, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.read_notices, name="read_notices"),
    path("thong-bao/so-moi/", views.bell, name="bell"),
    path("tim-kiem/", finding.find, name="search"),
    path("ho-so/<int:pk>/ai-xem/", explaining.seen_by, name="seen_by"),
    path("quy-dinh/", regulations.listed, name="regulations"),
    path("quy-dinh/<int:pk>/", regulations.shown, name="regulation"),
    path("quy-dinh/<int:pk>/xac-nhan/", regulations.confirm, name="confirm_regulation"),
    path("quy-dinh/lich/<int:year>/", regulations.confirm_year, name="confirm_year"),
    path("giao-dien/", views.choose_theme, name="theme"),
]
