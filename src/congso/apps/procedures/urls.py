from django.urls import path

from congso.apps.procedures.views import applying, cases, drafting, exports, public, slips

app_name = "procedures"
urlpatterns = [
    path("", public.index, name="index"),
    path("du-lieu.json", exports.as_json, name="json"),
    path("du-lieu.csv", exports.as_csv, name="csv"),
    path("tra-cuu/", public.look_up, name="look-up"),
    path("hai-long/", public.rate, name="rate"),
    path("mau/<int:pk>/", public.form_file, name="form"),
    path("xem/<str:code>/", public.procedure, name="public"),
    path("soan/", drafting.editions, name="editions"),
    path("soan/moi/", drafting.new, name="new"),
    path("soan/<int:pk>/", drafting.detail, name="detail"),
    path("soan/<int:pk>/sua/", drafting.edit, name="edit"),
    path("soan/<int:pk>/tep/", drafting.add, name="add-forms"),
    path("soan/<int:pk>/phien-ban/", drafting.next_edition, name="next-edition"),
    path("soan/<int:pk>/viec/<slug:key>/", drafting.act, name="act"),
    path("ho-so/", cases.case_list, name="cases"),
    path("ho-so/nop/<str:code>/", applying.apply, name="apply"),
    path("ho-so/tiep-nhan/<str:code>/", applying.desk, name="desk"),
    path("ho-so/<int:pk>/", cases.detail, name="case"),
    path("ho-so/<int:pk>/sua/", applying.edit, name="case-edit"),
    path("ho-so/<int:pk>/tep/", cases.add_files, name="case-files"),
    path("ho-so/<int:pk>/ket-qua/", cases.add_result, name="case-result"),
    path("ho-so/<int:pk>/giay-tiep-nhan/", slips.receipt, name="receipt"),
    path("ho-so/<int:pk>/phieu-xin-loi/", slips.apology, name="apology"),
    path("ho-so/<int:pk>/ma-qr.svg", slips.square, name="square"),
    path("ho-so/<int:pk>/viec/<slug:key>/", cases.act, name="case-act"),
]
