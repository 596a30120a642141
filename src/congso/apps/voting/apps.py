from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "congso.apps.voting"
    label = "voting"
