from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "congso.apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ công việc, lưu trữ"
