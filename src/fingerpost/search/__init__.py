"""From somebody's own words to a tree, a story or a route."""
