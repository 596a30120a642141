from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "congso.kernel.jobs"
    label = "jobs"
