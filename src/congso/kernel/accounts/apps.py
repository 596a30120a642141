from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "congso.kernel.accounts"
    label = "accounts"
