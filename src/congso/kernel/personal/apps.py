from django.apps import AppConfig


class PersonalConfig(AppConfig):
    name = "congso.kernel.personal"
    label = "personal"
