from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "congso.kernel.live"
    label = "live"
    verbose_name = "Báo ngay"
