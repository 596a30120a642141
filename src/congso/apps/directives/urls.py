from django.urls import path

from congso.apps.directives.views import assigning, lists, tasks

app_name = "directives"
urlpatterns = [
    path("", assigning.assign, name="assign"),
    path("don-vi.json", assigning.organizations, name="organizations"),
    path("nhiem-vu/", lists.task_list, name="list"),
    path("bang/", lists.board, name="board"),
    path("tong-hop/", lists.dashboard, name="dashboard"),
    path("nhiem-vu/<int:pk>/", tasks.detail, name="detail"),
    path("nhiem-vu/<int:pk>/bao-cao/", tasks.report, name="report"),
    path("nhiem-vu/<int:pk>/y-kien/", tasks.comment, name="comment"),
    path("nhiem-vu/<int:pk>/<slug:key>/", tasks.act, name="act"),
]
