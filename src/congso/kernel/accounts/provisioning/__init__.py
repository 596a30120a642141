"""People and accounts from a personnel system: the whole list each time, compared first, then carried out.

The list is staged in the database as it is read and compared there by whole columns, so memory stays flat however long
it is. What it says is done in batches, each a transaction: an interrupted run goes on where it stopped, and the same
list again finds nothing to do. Accounts open without a password: the first one is handed over in person
(`./congso account new-password`). Nobody is ever deleted, and an account closed by hand is not reopened by a list.
"""

from congso.kernel.accounts.provisioning.carrying_out import carry_out
from congso.kernel.accounts.provisioning.comparing import Summary, compare, summary_of
from congso.kernel.accounts.provisioning.staging import FeedRefused, stage

__all__ = ["FeedRefused", "Summary", "carry_out", "compare", "stage", "summary_of"]
