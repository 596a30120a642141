"""Files of records: taken in, read, kept and shown.

An upload waits in the spool until a job has read it: real type, limits, text, OCR, and above all the search
for marks of state secrecy, which runs before anything is stored (Law 117/2025/QH15; this network is not for
secrets). What passes is stored once under its SHA-256; what bears a mark goes to a quarantine only the
secrecy officer opens. Whoever sees a record sees its files, and nobody else.
"""
