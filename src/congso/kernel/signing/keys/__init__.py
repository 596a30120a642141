"""Where a private key is, and how it is opened for a moment. A secret (PIN) is used and forgotten, never kept.

Every provider offers `opened(secret, signatures=n)`: a context in which pyHanko's signer works. Each raises
SigningRefused with a sentence for the person.
"""
