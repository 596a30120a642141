from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "congso.kernel.records"
    label = "records"
