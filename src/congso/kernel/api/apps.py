from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "congso.kernel.api"
    label = "api"
