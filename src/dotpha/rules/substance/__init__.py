"""Is it beyond business as usual? Facts with their evidence, then a verdict that follows from them."""
