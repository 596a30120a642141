from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "congso.kernel.web"
    label = "web"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        from congso.kernel.web.menu import MENU
        from congso.kernel.web.navigation import register_menu

        register_menu(MENU)
