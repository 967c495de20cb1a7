"""Việc của tôi: where a person starts after signing in."""
