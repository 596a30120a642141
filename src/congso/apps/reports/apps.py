from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "congso.apps.reports"
    label = "reports"
