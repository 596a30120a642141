"""The lives of this system's records: requests of people about their data, breaches, impact assessments."""
