"""The walk as one HTML page that needs nothing installed: its data, its engine and its view."""
