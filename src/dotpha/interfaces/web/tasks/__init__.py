"""Nhiệm vụ đột phá to read: one task, its versions side by side, and all of a campaign."""
