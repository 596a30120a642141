"""Packets are the registry's: its clerks (3) and chiefs (4), and the machine's part that carries them (system 20)."""

from congso.lib.protection import Table

_CARRIER = "congso.actor() = 'system:20'"
_REGISTRY = (
    "ARRAY[3000000000000003 + organization_id * 100, 3000000000000004 + organization_id * 100]"
    " && (SELECT congso.principals())"
)
_CLERKS = "3000000000000003 + organization_id * 100 = ANY ((SELECT congso.principals())::bigint[])"

TABLES = (
    Table(
        "exchange_packet",
        read=f"({_CARRIER}) OR {_REGISTRY}",
        # Clerks send; what arrives is written by the carrier alone, so nobody can make up an arrival.
        insert=f"({_CARRIER}) OR (direction = 'out' AND {_CLERKS})",
        update=f"({_CARRIER}) OR {_CLERKS}",
        columns=(
            "answer", "state", "reason", "next_step", "tries", "next_try_at", "repeats", "axis_id", "original_id",
            "record_id", "settled_at", "signature", "signature_reasons", "signer", "signer_fingerprint",
        ),
    ),
    # The carrier judges by it and never writes it: that a certificate is somebody's is for a person to say.
    Table(
        "exchange_peercertificate",
        read=f"({_CARRIER}) OR {_REGISTRY}",
        insert=f"{_CLERKS} AND confirmed_by_id = (SELECT congso.person())",
    ),
    Table("exchange_contact", read=f"({_CARRIER}) OR {_REGISTRY}", insert=_CARRIER, update=_CARRIER),
    Table("exchange_delivery", read=_CARRIER, insert=_CARRIER),
)  # fmt: skip
