from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "congso.kernel.journal"
    label = "journal"
