from django.urls import path

from congso.apps.analytics.views import boards, figures, files, public, showing

app_name = "analytics"
urlpatterns = [
    path("", boards.board_list, name="boards"),
    path("bang/moi/", boards.new, name="board-new"),
    path("bang/<int:pk>/", showing.board, name="board"),
    path("bang/<int:pk>/man-hinh/", showing.screen, name="screen"),
    path("bang/<int:pk>/sua/", boards.edit, name="board-edit"),
    path("bang/<int:pk>/cong-bo/", public.publish, name="publish"),
    path("bang/<int:pk>/cat/", boards.archive, name="board-archive"),
    path("bang/<int:pk>/cau-hoi/moi/", boards.ask, name="question-new"),
    path("bang/<int:pk>/cau-hoi/<int:question_id>/", boards.change, name="question-edit"),
    path("bang/<int:pk>/cau-hoi/<int:question_id>/bo/", boards.drop, name="question-drop"),
    path("bang/<int:pk>/cau-hoi/<int:question_id>/chuyen/", boards.move, name="question-move"),
    path("bang/<int:pk>/cau-hoi/<int:question_id>/ho-so/", showing.records, name="records"),
    path("cong-khai/", public.index, name="public"),
    path("cong-khai/<int:pk>/", public.show, name="public-board"),
    path("cong-khai/<int:pk>/so-lieu.csv", public.data, name="public-data"),
    path("chi-tieu/", figures.catalogue, name="indicators"),
    path("chi-tieu/moi/", figures.new, name="indicator-new"),
    path("chi-tieu/<str:code>/", figures.show, name="indicator"),
    path("chi-tieu/<str:code>/nguoi-doc/", figures.readers, name="readers"),
    path("tep/", files.file_list, name="files"),
    path("tep/<int:pk>/", files.show, name="file"),
    path("tep/<int:pk>/nhan/", files.take, name="file-take"),
    path("tep/<int:pk>/bo/", files.drop, name="file-drop"),
]
