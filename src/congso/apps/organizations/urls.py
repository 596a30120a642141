from django.urls import path

from congso.apps.organizations.views import acts, codes, exports, feeds, importing, pages, staff

app_name = "organizations"
urlpatterns = [
    path("", pages.tree, name="tree"),
    path("nguoi/<int:pk>/", pages.person, name="person"),
    path("nguoi/<int:pk>/xem-duoc/", staff.reach_of_person, name="reach_of_person"),
    path("goi-y.json", pages.suggestions, name="suggestions"),
    path("danh-ba.csv", exports.people_csv, name="people_csv"),
    path("danh-ba.vcf", exports.people_vcard, name="people_vcard"),
    path("to-chuc.csv", exports.organizations_csv, name="organizations_csv"),
    path("nhap-nhan-su/", importing.compare, name="import"),
    path("nguon-nhan-su/", feeds.feeds, name="feeds"),
    path("nguon-nhan-su/<int:pk>/", feeds.feed, name="feed"),
    path("nguon-nhan-su/<int:pk>/thuc-hien/", feeds.carry_out, name="carry_out_feed"),
    path("nhap-ma/", codes.load, name="load_codes"),
    path("ma/<int:pk>/ket-thuc/", codes.end, name="end_code"),
    path("<int:pk>/ma/", codes.codes, name="codes"),
    path("<int:pk>/", pages.organization, name="organization"),
    path("<int:pk>/duoi/", pages.below, name="below"),
    path("<int:pk>/lap/", acts.establish, name="establish"),
    path("<int:pk>/doi-ten/", acts.rename, name="rename"),
    path("<int:pk>/chuyen/", acts.move, name="move"),
    path("<int:pk>/sap-nhap/", acts.merge, name="merge"),
    path("<int:pk>/chia-tach/", acts.split, name="split"),
    path("<int:pk>/ket-thuc/", acts.abolish, name="abolish"),
    path("<int:pk>/chuc-vu-moi/", staff.open_, name="open_post"),
    path("chuc-vu/<int:pk>/ket-thuc/", staff.close, name="close_post"),
    path("chuc-vu/<int:pk>/xem-duoc/", staff.reach, name="reach"),
    path("chuc-vu/<int:pk>/bo-nhiem/", staff.appoint, name="appoint"),
    path("chuc-vu/<int:pk>/nguoi-thay/", staff.delegate, name="delegate"),
    path("bo-nhiem/<int:pk>/ket-thuc/", staff.end, name="end"),
    path("bo-nhiem/<int:pk>/dieu-chuyen/", staff.transfer, name="transfer"),
    path("nguoi-thay/<int:pk>/ket-thuc/", staff.end_delegation_, name="end_delegation"),
]
