from django.apps import AppConfig


class DigitizationConfig(AppConfig):
    name = "congso.apps.digitization"
    label = "digitization"
    verbose_name = "Số hóa tài liệu"
