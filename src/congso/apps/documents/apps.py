from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "congso.apps.documents"
    label = "documents"
