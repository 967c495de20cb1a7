"""Nhập sổ đăng ký vào đợt: the file is looked at row by row, and doubts resolved, before anything is written."""
