from django.apps import AppConfig


class ComposingConfig(AppConfig):
    name = "congso.kernel.composing"
    label = "composing"
