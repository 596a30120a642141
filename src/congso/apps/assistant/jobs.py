"""Long work of the assistant: an answer by the generator, shown statement by statement as it comes."""

from congso.apps.assistant.services.asking import GENERATE_JOB
from congso.apps.assistant.services.streaming import generate_answer
from congso.kernel.jobs.services import Progress, job


@job(GENERATE_JOB)
def generate(progress: Progress, turn_id: int) -> None:
    """Answer one question as its asker; a turn already answered stays."""
    generate_answer(turn_id, actor=progress.actor, step=progress.step)
