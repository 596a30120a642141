from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "congso.kernel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Refuse to start with a group in SECOND_FACTOR_FOR that nobody can belong to."""
        from congso.kernel.accounts.factors import must_have_second_factor

        must_have_second_factor(())
