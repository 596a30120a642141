from django.urls import path

from congso.kernel.files import views

app_name = "files"
urlpatterns = [
    path("tep/<int:pk>/tai-ve/", views.download, name="download"),
    path("tep/<int:pk>/xem/", views.view, name="view"),
    path("tep/<int:pk>/trang/<int:number>/<int:width>/", views.page, name="page"),
    path("tep/tai-len/<int:pk>/", views.progress, name="progress"),
    path("tep/tai-len/<int:pk>/doc-lai/", views.retry, name="retry"),
    path("tep/cach-ly/<int:pk>/", views.quarantined, name="quarantined"),
]
