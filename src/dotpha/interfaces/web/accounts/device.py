"""A browser's own words, as a person would name the machine."""

# In this order: Edge and Cốc Cốc call themselves Chrome too, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "điện thoại Android"), ("Windows", "máy Windows"),
    ("Macintosh", "máy Mac"), ("Linux", "máy Linux"),
)  # fmt: skip


def device(words: str) -> str:
    """
    >>> device("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0")
    'Edge trên máy Windows'
    >>> device("")
    'thiết bị không rõ'
    """
    browser = next((name for sign, name in _BROWSERS if sign in words), "")
    machine = next((name for sign, name in _MACHINES if sign in words), "")
    return " trên ".join(filter(None, [browser, machine])) or "thiết bị không rõ"
