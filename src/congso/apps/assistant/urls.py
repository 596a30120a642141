from django.urls import path

from congso.apps.assistant.views import asking, overviews, passages

app_name = "assistant"
urlpatterns = [
    path("", asking.index, name="index"),
    path("<int:pk>/", asking.talk, name="talk"),
    path("y/<int:pk>/", asking.turn, name="turn"),
    path("y/<int:pk>/danh-gia/", asking.judge, name="judge"),
    path("trich-dan/<int:pk>/", passages.citation, name="citation"),
    path("ho-so/", overviews.of_source, name="of_source"),
    path("tom-tat/<int:pk>/", overviews.summary, name="summary"),
    path("bao-cao/", overviews.reports, name="reports"),
    path("tong-quan/", overviews.briefing, name="briefing"),
]
