"""A campaign's register taken out to Excel; the registration form in Word, out and, filled, in again."""
