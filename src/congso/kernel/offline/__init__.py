"""Working while the network is away: papers already opened stay readable on the person's own device, and what
she does there waits and is sent when the network is back, each act once.

A page may stay on a device only when the answer says so (`X-Offline: keep`), and it says so only for records
whose kind declares it (`RecordType.kept_offline`), on devices that asked (cookie `offline=keep`). A form may wait
when it says so (`data-offline`); what waits is compared with the record before it is done (`once.py`).
The device's part is the service worker in `worker/`, served from the root as `/sw.js`.
"""
