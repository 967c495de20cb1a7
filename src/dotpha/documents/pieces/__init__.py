"""What pages and reports draw alike: the signature picture, marked words, an item, the overview.

Each piece is plain data made here and one template under `templates/pieces/`, so a page and a report that
show the same thing cannot drift apart.
"""
