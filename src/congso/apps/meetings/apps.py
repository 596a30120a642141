from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "congso.apps.meetings"
    label = "meetings"
