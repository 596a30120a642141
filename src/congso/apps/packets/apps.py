from django.apps import AppConfig


class PacketsConfig(AppConfig):
    name = "congso.apps.packets"
    label = "packets"
    verbose_name = "Trao đổi văn bản"
