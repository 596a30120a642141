from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "congso.kernel.indicators"
    label = "indicators"
