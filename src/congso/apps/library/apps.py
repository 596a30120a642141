from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "congso.apps.library"
    label = "library"
    verbose_name = "Thư viện điện tử"
