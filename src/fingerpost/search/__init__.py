"""From a user's own words to a tree, a story or a service.

All three searches share tokens, stems, synonyms and the correction of typos. PyStemmer and
rapidfuzz are loaded for a search only, so functions import them.
"""
