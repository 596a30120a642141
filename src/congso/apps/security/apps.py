from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "congso.apps.security"
    label = "security"
    verbose_name = "An toàn thông tin"
