from django.apps import AppConfig


class ManifestConfig(AppConfig):
    name = "congso.kernel.manifest"
    label = "manifest"

    def ready(self) -> None:
        from congso.kernel.manifest.registry import discover

        discover()
