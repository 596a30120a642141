from django.urls import path

from congso.kernel.api.service import api

urlpatterns = [path("api/v1/", api.urls)]
