"""Screening: `engine.screen` for one registration, `batch.screen_all` for many, `result` for what comes out."""
