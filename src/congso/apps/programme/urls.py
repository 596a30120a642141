from django.urls import path

from congso.apps.programme.views import items, lists, opinions, pages

app_name = "programme"
urlpatterns = [
    path("", lists.programme_list, name="list"),
    path("moi/", pages.new, name="new"),
    path("ket-qua/", opinions.results, name="results"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/noi-dung/", items.add, name="add-item"),
    path("<int:pk>/noi-dung/<int:item>/", items.edit, name="edit-item"),
    path("<int:pk>/noi-dung/<int:item>/<slug:how>/", items.follow, name="follow-item"),
    path("<int:pk>/lay-tu/", items.carry, name="carry"),
    path("<int:pk>/lay-y-kien/", opinions.consult, name="consult"),
    path("<int:pk>/gop-y/", opinions.give, name="give-opinion"),
    path("<int:pk>/gop-y/<int:opinion>/", opinions.answer, name="answer-opinion"),
    path("<int:pk>/word/", pages.word, name="word"),
    path("<int:pk>/in/", pages.printed, name="print"),
    path("<int:pk>/y-kien/", pages.comment, name="comment"),
    path("<int:pk>/<slug:key>/", pages.act, name="act"),
]
