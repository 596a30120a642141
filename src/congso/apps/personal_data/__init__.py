"""Personal data (law 91/2025/QH15), part of S42: what is kept about people and why, who looked, and their rights.

The register of processing is made from declarations beside the models (`congso.lib.personal`). A person sees who
looked at her data, takes a copy of it, and asks for correction, deletion, restriction. Who protects data answers
within the law's limits, keeps the registers of breaches with their 72 hours, of impact assessments and of consents,
and confirms what is anonymised.
"""
