from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "congso.apps.rights"
    label = "rights"
    verbose_name = "Quyền, vai trò"
