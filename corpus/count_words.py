"""Count in how many registrations of the corpus each syllable and each pair of syllables stands.

    python corpus/count_words.py

Writes `src/dotpha/rules/commonness.json`, which tells the rules what a shared word is worth: "đảng viên" stands
everywhere, "tảo hôn" hardly anywhere. Only counts leave the corpus, no text.
"""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from dotpha.rules.vietnamese.text import fold, words

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "registrations.jsonl"
WRITTEN = ROOT / "src" / "dotpha" / "rules" / "commonness.json"
_WORTH_TELLING = 4  # rarer terms are all alike: rare


def main() -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    counts: Counter[str] = Counter()
    for row in rows:
        syllables = [word.text for word in words(fold(f"{row['title']}. {row['description']}"))]
        counts.update(set(syllables) | {f"{first} {second}" for first, second in pairwise(syllables)})
    told = {term: count for term, count in sorted(counts.items()) if count >= _WORTH_TELLING}
    WRITTEN.write_text(
        json.dumps({"texts": len(rows), "in": told}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
