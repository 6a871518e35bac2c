"""The auditor's web application: what needs a decision, worst first, each figure beside its original."""
