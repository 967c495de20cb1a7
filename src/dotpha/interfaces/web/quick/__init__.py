"""Rà soát nhanh: drop registers, watch the progress, read the board, take the reports; nothing is stored.

`views` are the pages, `jobs` keeps results in the memory of this one server process, `worker` and `writer`
are child processes that read, screen and write, so that a hostile file can neither stop nor fill the server.
"""
