from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "congso.kernel.catalogues"
    label = "code_lists"  # the screens of apps/catalogues carry the other name
