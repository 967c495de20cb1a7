"""The parts of a board of screened tasks, of quick screening and of campaigns: filters, cards, columns, pages."""
