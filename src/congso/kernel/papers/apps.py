from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "congso.kernel.papers"
    label = "papers"
