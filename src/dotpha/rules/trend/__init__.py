"""Business as usual: `assess` a registration, `forecast` a series, `indicator` reads what a figure is."""
