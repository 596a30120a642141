from django.urls import path

from congso.apps.directives.views import (
    assigning,
    comparing,
    handing_out,
    lists,
    overviews,
    readings,
    reviewing,
    revisiting,
    tasks,
    trees,
)

app_name = "directives"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("bang/", lists.board, name="board"),
    path("tong-hop/", lists.dashboard, name="dashboard"),
    path("ma-tran/", overviews.matrix, name="matrix"),
    path("cay/", trees.tree, name="tree"),
    path("lich/", overviews.month, name="calendar"),
    path("tien-trinh/", overviews.gantt, name="gantt"),
    path("giao/", assigning.assign, name="assign"),
    path("nguon/", revisiting.sources, name="sources"),
    path("don-vi.json", assigning.organizations, name="organizations"),
    path("doc/", readings.start, name="read"),
    path("doc/<int:pk>/", readings.review, name="reading"),
    path("doc/<int:pk>/dung/", readings.stop, name="reading-stop"),
    path("doc/<int:pk>/doc-lai/", readings.again, name="reading-again"),
    path("doc/<int:pk>/excel/", readings.export, name="reading-export"),
    path("doc/<int:pk>/thay-doi/", comparing.changes, name="reading-changes"),
    path("doc/<int:pk>/tat-ca/", reviewing.every, name="proposals"),
    path("doc/<int:pk>/dong/<int:row_id>/", reviewing.row, name="proposal"),
    path("doc/<int:pk>/giao/", handing_out.hand_out, name="hand-out"),
    path("<int:pk>/", tasks.detail, name="detail"),
    path("<int:pk>/bao-cao/", tasks.report, name="report"),
    path("<int:pk>/y-kien/", tasks.comment, name="comment"),
    path("<int:pk>/<slug:key>/", tasks.act, name="act"),
]
