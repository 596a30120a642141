"""A credential is its person's or its office's clerks'; anchors the administrators', batches their signer's."""

from congso.lib.protection import Table, registry_of

_KNOWN = "(SELECT congso.is_known())"
_OWN = "person_id = (SELECT congso.person())"
_CLERKS = registry_of("organization_id")
_ADMINISTRATOR = "(SELECT congso.is_administrator())"
_SYSTEM = "(SELECT congso.is_system())"
_OWN_BATCH = "EXISTS (SELECT 1 FROM signing_batch b WHERE b.id = batch_id)"

TABLES = (
    Table(
        "signing_credential",
        read=f"{_OWN} OR {_CLERKS} OR {_ADMINISTRATOR}",
        # An administrator may stop a credential, never make one: it would sign in another's name.
        insert=f"({_OWN} OR {_CLERKS}) AND added_by_id = (SELECT congso.person()) AND status = 'active'",
        update=f"({_OWN} OR {_CLERKS} OR {_ADMINISTRATOR}) AND status = 'active'",
        check="status = 'stopped'",
        columns=("status", "status_reason"),
    ),
    Table(
        "signing_trustanchor",
        read=_KNOWN,
        insert=f"{_ADMINISTRATOR} AND added_by_id = (SELECT congso.person())",
        update=f"{_ADMINISTRATOR} AND withdrawn_at IS NULL",
        check="withdrawn_at IS NOT NULL",
        columns=("withdrawn_at",),
    ),
    Table(
        "signing_signedfile",
        read=f"signed_by_id = (SELECT congso.person()) OR {_CLERKS} OR {_SYSTEM}",
        insert=f"signed_by_id IS NOT DISTINCT FROM (SELECT congso.person()) AND {_KNOWN}",
        update=f"{_SYSTEM} AND replaced_by_id IS NULL",
        columns=("replaced_by_id",),
    ),
    # Pictures of signatures and seals are for signing: not even an administrator sees one.
    Table(
        "signing_signaturepicture",
        read=f"{_OWN} OR {_CLERKS}",
        insert=f"({_OWN} OR {_CLERKS}) AND added_by_id = (SELECT congso.person()) AND withdrawn_at IS NULL",
        update=f"({_OWN} OR {_CLERKS}) AND withdrawn_at IS NULL",
        check="withdrawn_at IS NOT NULL AND png = ''",
        columns=("png", "withdrawn_at"),
    ),
    Table(
        "signing_batch",
        read=_OWN,
        insert=f"{_OWN} AND EXISTS (SELECT 1 FROM signing_credential c WHERE c.id = credential_id)",
        update=_OWN,
        columns=("job_id",),
    ),
    Table(
        "signing_batchitem",
        read=_OWN_BATCH,
        insert=f"{_OWN_BATCH} AND state = 'waiting' AND congso.may_use_blob(source_id)",
        update=f"{_OWN_BATCH} AND state <> 'signed'",
        columns=("state", "message", "signed_id"),
    ),
)
