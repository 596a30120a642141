from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "congso.kernel.files"
    label = "files"

    def ready(self) -> None:
        """Announce the purpose every record knows."""
        from congso.kernel.files.attaching import ATTACHMENT, attach_to_record
        from congso.kernel.files.purposes import register_purpose

        register_purpose(ATTACHMENT, attach_to_record)
