from django.urls import path

from congso.apps.security.views import checkpoints, entries, standing

app_name = "security"
urlpatterns = [
    path("", entries.listed, name="entries"),
    path("in/", entries.printed, name="entries_printed"),
    path("dong/<int:pk>/", entries.entry, name="entry"),
    path("dong/<int:pk>/chung-minh.json", entries.proof, name="proof"),
    path("bien-ban/", checkpoints.listed, name="checkpoints"),
    path("bien-ban/chot/", checkpoints.close, name="close"),
    path("bien-ban/<int:number>/", checkpoints.paper, name="checkpoint"),
    path("bien-ban/<int:number>.json", checkpoints.file, name="checkpoint_file"),
    path("bien-ban/<int:number>.svg", checkpoints.square_code, name="checkpoint_code"),
    path("kiem-tra/", standing.standing, name="standing"),
    path("kiem-tra/bat-dau/", standing.verify, name="verify"),
    path("khoa/<str:fingerprint>.pem", standing.public_key, name="key"),
]
