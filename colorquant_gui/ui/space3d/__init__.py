"""The colour-space view: cloud, centroids, trails, axes."""

from colorquant_gui.ui.space3d.view import ColorSpaceView

__all__ = ["ColorSpaceView"]
