"""What runs by itself: reminding of papers on working mornings."""

from congso.apps.programme.services import send_reminders
from congso.kernel.jobs.mornings import each_morning

each_morning("programme.remind", minute=25)(send_reminders)
