from django.urls import path

from congso.kernel.signing import views

app_name = "signing"
urlpatterns = [
    path("ky-so/kiem-tra/", views.check, name="check"),
    path("ky-so/chung-thu/", views.credentials, name="credentials"),
    path("ky-so/chung-thu/them/<slug:provider>/", views.add_credential, name="add"),
    path("ky-so/chung-thu/<int:pk>/ky-thu/", views.try_credential, name="try"),
    path("ky-so/chung-thu/<int:pk>/ngung/", views.stop, name="stop"),
    path("ky-so/hinh/", views.pictures, name="pictures"),
    path("ky-so/hinh/<int:pk>/anh/", views.picture, name="picture"),
    path("ky-so/hinh/<int:pk>/bo/", views.drop_picture, name="drop_picture"),
    path("ky-so/lo/<int:pk>/", views.batch, name="batch"),
    path("ky-so/lo/<int:pk>/ky/", views.run_batch, name="run_batch"),
    path("ky-so/goc-tin-cay/", views.anchors, name="anchors"),
    path("ky-so/goc-tin-cay/<int:pk>/thoi/", views.withdraw, name="withdraw"),
]
