"""What the installation sets: token modules, remote services, the timestamping authority, folders of trust."""

from pathlib import Path

from django.conf import settings


def modules() -> dict[str, Path]:
    """PKCS#11 modules by the names people choose from (PKCS11_MODULES)."""
    return {name: Path(path) for name, path in settings.PKCS11_MODULES.items()}


def remote_services() -> dict[str, tuple[str, str]]:
    """Remote services by name: address and the portal's token from `secrets/remote-signing-<name>.token`."""
    return {name: (address.rstrip("/"), _token(name)) for name, address in settings.REMOTE_SIGNING.items()}


def timestamp_address() -> str:
    """Where timestamps come from; empty: signatures stay at level B-B."""
    return str(settings.TIMESTAMP_URL)


def trust_folder() -> Path:
    """The operator's folder: `*.pem|crt|cer` roots, `test/` roots worth nothing, `*.crl` revocation lists."""
    return Path(settings.TRUST_DIR)


def demonstration_folder() -> Path:
    """Where the demonstration's software keys and test authorities lie; nothing is there in an office."""
    return Path(settings.DATA_DIR) / "secrets" / "test-authorities"


def _token(name: str) -> str:
    path = Path(settings.SECRET_DIR) / f"remote-signing-{name}.token"
    return path.read_text().strip() if path.is_file() else ""
