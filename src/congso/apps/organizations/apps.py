from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "congso.apps.organizations"
    label = "organizations"
    verbose_name = "Tổ chức, chức danh, danh bạ"
