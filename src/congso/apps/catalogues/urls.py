from django.urls import path, re_path

from congso.apps.catalogues.views import drafting, exports, pages

app_name = "catalogues"
urlpatterns = [
    path("", pages.index, name="index"),
    re_path(r"^(?P<code>[-a-zA-Z0-9_]{1,60})\.(?P<kind>csv|json)$", exports.download, name="download"),
    path("<slug:code>/", pages.catalogue, name="catalogue"),
    path("<slug:code>/phien-ban/<int:number>/", pages.version, name="version"),
    path("<slug:code>/thiet-dat/", drafting.settings, name="settings"),
    path("<slug:code>/ban-thao/", drafting.draft, name="draft"),
    path("<slug:code>/ban-thao/mo/", drafting.start, name="start"),
    path("<slug:code>/ban-thao/bo/", drafting.drop, name="drop"),
    path("<slug:code>/ban-thao/muc/", drafting.item, name="new_item"),
    path("<slug:code>/ban-thao/muc/<str:item_code>/", drafting.item, name="item"),
    path("<slug:code>/ban-thao/muc/<str:item_code>/xoa/", drafting.remove, name="remove"),
    path("<slug:code>/ban-thao/nhap/", drafting.load, name="load"),
    path("<slug:code>/ban-thao/ban-hanh/", drafting.publish, name="publish"),
]
