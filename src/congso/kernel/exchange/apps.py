from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "congso.kernel.exchange"
    label = "exchange"
