from django.urls import path

from congso.apps.directives.views import assigning, lists, tasks

app_name = "directives"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("bang/", lists.board, name="board"),
    path("tong-hop/", lists.dashboard, name="dashboard"),
    path("giao/", assigning.assign, name="assign"),
    path("don-vi.json", assigning.organizations, name="organizations"),
    path("<int:pk>/", tasks.detail, name="detail"),
    path("<int:pk>/bao-cao/", tasks.report, name="report"),
    path("<int:pk>/y-kien/", tasks.comment, name="comment"),
    path("<int:pk>/<slug:key>/", tasks.act, name="act"),
]
