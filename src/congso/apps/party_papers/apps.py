from django.apps import AppConfig


class PartyPapersConfig(AppConfig):
    name = "congso.apps.party_papers"
    label = "party_papers"
    verbose_name = "Văn kiện"
