"""Commands for those who answer for a library: what was proved, and who approved it."""
