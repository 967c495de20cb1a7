"""Danh bạ: the tree, an organization, a person, on any day; and the forms that change them."""
