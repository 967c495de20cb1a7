"""The registration form: what it asks (data), what was written in it, and how the engine reads that."""
