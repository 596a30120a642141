from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "congso.kernel.workflow"
    label = "workflow"
