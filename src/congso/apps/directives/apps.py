from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "congso.apps.directives"
    label = "directives"
    verbose_name = "Theo dõi thực hiện nghị quyết, chỉ thị, kết luận"
