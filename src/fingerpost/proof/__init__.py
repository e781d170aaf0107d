"""Model checking of trees: reachable states, and what holds in all of them."""
