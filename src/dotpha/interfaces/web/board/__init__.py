"""Rà soát của một đợt đăng ký: the board, an item, near-duplicates, screening again."""
