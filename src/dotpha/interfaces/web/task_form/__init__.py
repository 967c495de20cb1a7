"""The form in which a task is registered: begun, written with advice beside each field, sent, taken back, given up."""
