from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "congso.kernel.signing"
    label = "signing"
