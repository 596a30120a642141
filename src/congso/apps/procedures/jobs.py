"""What runs by itself: reminding of promised days on working mornings. It may run twice."""

from congso.apps.procedures.services import send_case_reminders
from congso.kernel.jobs.mornings import each_morning

each_morning("procedures.remind", minute=25)(send_case_reminders)
