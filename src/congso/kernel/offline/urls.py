from django.urls import path

from congso.kernel.offline import views

app_name = "offline"
urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("ngoai-tuyen/", views.page, name="page"),
    path("ngoai-tuyen/toi/", views.me, name="me"),
]
