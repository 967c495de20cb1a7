"""A register coming into a campaign: whom its rows name, which tasks they are, what becomes of each; nothing writes."""
