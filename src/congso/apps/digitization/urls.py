from django.urls import path

from congso.apps.digitization.views import acting, batches, checking, pages, progress, separators

app_name = "digitization"
urlpatterns = [
    path("", batches.batch_list, name="list"),
    path("moi/", batches.new, name="new"),
    path("tien-do/", progress.board, name="progress"),
    path("khoi-luong/", progress.stock, name="stock"),
    path("<int:pk>/", batches.detail, name="detail"),
    path("<int:pk>/sua/", batches.edit, name="edit"),
    path("<int:pk>/ho-so/", batches.folders, name="folders"),
    path("<int:pk>/ho-so/<int:folder_id>/dua-vao/", acting.file_away, name="file"),
    path("<int:pk>/tai-len/", batches.upload, name="upload"),
    path("<int:pk>/may-doc/", batches.running, name="running"),
    path("<int:pk>/to-phan-cach/", separators.sheets, name="separators"),
    path("<int:pk>/to-phan-cach/<slug:kind>/<int:number>/", separators.square, name="square"),
    path("<int:pk>/trang/", pages.listed, name="pages"),
    path("<int:pk>/soat/", pages.next_page, name="proofread"),
    path("<int:pk>/kiem-tra/", checking.next_copy, name="next"),
    path("<int:pk>/xac-nhan/", checking.confirm_sure, name="confirm"),
    path("<int:pk>/ky/", acting.sign, name="sign"),
    path("<int:pk>/viec/<slug:key>/", acting.act, name="act"),
    path("trang/<int:pk>/", pages.show, name="page"),
    path("trang/<int:pk>/anh/<int:width>/", pages.picture, name="picture"),
    path("trang/<int:pk>/sua/", pages.correct, name="correct"),
    path("trang/<int:pk>/xong/", pages.finish, name="finish"),
    path("trang/<int:pk>/bo/", pages.drop, name="drop-page"),
    path("trang/<int:pk>/lay-lai/", pages.restore, name="restore-page"),
    path("tai-lieu/<int:pk>/", checking.show, name="copy"),
    path("tai-lieu/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("tai-lieu/<int:pk>/viec/<slug:key>/", checking.act, name="copy-act"),
]
