"""Tests of the sample papers."""
