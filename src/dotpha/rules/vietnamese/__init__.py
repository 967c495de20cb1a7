"""Reading Vietnamese as offices type it: letters, numbers, days, people.

These helpers stand in `rules`, the lowest room, because the rules read text and may import nothing above
them; readers, forms and pages use the same ones (docs/adr/0002).
"""
