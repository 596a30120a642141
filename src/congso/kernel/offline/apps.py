from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "congso.kernel.offline"
    label = "offline"
    verbose_name = "Làm việc khi mất mạng"

    def ready(self) -> None:
        from congso.kernel.offline.menu import MENU
        from congso.kernel.web.navigation import register_menu

        register_menu(MENU)
