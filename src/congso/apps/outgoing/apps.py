from django.apps import AppConfig


class OutgoingConfig(AppConfig):
    name = "congso.apps.outgoing"
    label = "outgoing"
