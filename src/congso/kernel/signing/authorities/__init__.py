"""Test authorities: certificates, revocation, timestamps and a remote signing service that are worth nothing in law.

They exist so that a demonstration and the tests go through the real protocols. Everything they issue says so.
"""
