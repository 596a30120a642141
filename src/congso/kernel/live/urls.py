from django.urls import path

from congso.kernel.live import views

app_name = "live"
urlpatterns = [path("song/", views.no_streams, name="streams")]
