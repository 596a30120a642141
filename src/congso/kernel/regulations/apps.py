from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "congso.kernel.regulations"
    label = "regulations"
