from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "congso.kernel.access"
    label = "access"
