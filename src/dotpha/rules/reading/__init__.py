"""What the words of a registration say, before anyone judges them: phrases, figures, durations, people."""
