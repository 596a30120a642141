from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "congso.apps.procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"
