"""Panels: the controls around the picture, each a widget of its own."""
