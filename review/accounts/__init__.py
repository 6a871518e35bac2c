"""Accounts: who may use the review, what they may do there, and that a request comes from them and not from somebody else's page."""
