from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "congso.apps.assistant"
    label = "assistant"
    verbose_name = "Trợ lý"
