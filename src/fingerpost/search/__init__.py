"""From a user's own words to a tree, a story or a service.

All three searches share tokens, stems, synonyms and the correction of typos. PyStemmer is
loaded for a search only, so a function imports it.
"""
