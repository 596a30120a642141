from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "congso.apps.programme"
    label = "programme"
