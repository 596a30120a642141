from django.apps import AppConfig


class PlanBoardConfig(AppConfig):
    name = "congso.apps.plan_board"
    label = "plan_board"
    verbose_name = "Ban Chỉ đạo"
