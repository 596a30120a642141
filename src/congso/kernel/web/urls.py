from django.urls import path

from congso.kernel.web import explaining, finding, notices, palette, push, regulations, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("thong-bao/", notices.listed, name="notices"),
    path("thong-bao/da-doc/", notices.read, name="read_notices"),
    path("thong-bao/chua-doc/", notices.unread, name="unread_notices"),
    path("thong-bao/cach-nhan/", notices.settings_page, name="notice_settings"),
    path("thong-bao/thiet-bi/them/", push.add, name="add_push_device"),
    path("thong-bao/thiet-bi/<int:pk>/bo/", push.remove, name="remove_push_device"),
    path("thong-bao/thoi-nhan/<str:token>/", notices.stop, name="stop_letters"),
    path("thong-bao/so-moi/", views.bell, name="bell"),
    path("tim-kiem/", finding.find, name="search"),
    path("tim-kiem/luu/", finding.save, name="save_search"),
    path("tim-kiem/luu/<int:pk>/", finding.change, name="change_search"),
    path("phien/", views.session, name="session"),
    path("lenh/", palette.options, name="palette"),
    path("ho-so/<int:pk>/ai-xem/", explaining.seen_by, name="seen_by"),
    path("quy-dinh/", regulations.listed, name="regulations"),
    path("quy-dinh/<int:pk>/", regulations.shown, name="regulation"),
    path("quy-dinh/<int:pk>/xac-nhan/", regulations.confirm, name="confirm_regulation"),
    path("quy-dinh/lich/<int:year>/", regulations.confirm_year, name="confirm_year"),
    path("ngon-ngu/", views.choose_language, name="language"),
    path("giao-dien/", views.choose_theme, name="theme"),
]
