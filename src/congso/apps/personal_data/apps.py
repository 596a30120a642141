from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "congso.apps.personal_data"
    label = "personal_data"
    verbose_name = "Bảo vệ dữ liệu cá nhân"
