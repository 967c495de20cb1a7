"""Đột Phá: breakthrough tasks of a Vietnamese party committee, from registration to year-end judgement."""

__version__ = "0.1.0"
