"""From somebody's own words to a tree, a story or a service.

All three searches split texts alike (``tokens``), stem them alike (``stemming``), know the same
synonyms (``synonyms``) and forgive the same slips (``spelling``). What is loaded only for a search,
snowballstemmer and rapidfuzz, is imported inside the functions that search.
"""
