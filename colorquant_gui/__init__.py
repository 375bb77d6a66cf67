"""ColorQuant: reduce an image to k colours with k-means, and watch it think."""

__version__ = "0.1.0"
