"""Sơ đồ cá nhân – tập thể: which individuals' tasks serve which collective tasks, and what is tied to nothing."""
