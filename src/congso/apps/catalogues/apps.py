from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "congso.apps.catalogues"
    label = "catalogues"
