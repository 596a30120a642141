from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "congso.kernel.notify"
    label = "notify"
