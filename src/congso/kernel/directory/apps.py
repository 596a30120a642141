from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "congso.kernel.directory"
    label = "directory"
