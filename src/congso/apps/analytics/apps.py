from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "congso.apps.analytics"
    label = "analytics"
    verbose_name = "Phân tích dữ liệu"
