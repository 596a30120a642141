from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "congso.apps.schedule"
    label = "schedule"
