"""Signing in: allauth and axes do the work; here is what they ask of us, and how their pages look."""
