"""What every board of screened tasks is made of: filters, cards, columns, pages. Quick screening and campaigns use it."""
