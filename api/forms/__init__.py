"""Commands as forms: what each asks for in words, what may be done about a thing next, and what formulas suggest."""
