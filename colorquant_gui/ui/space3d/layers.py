"""The layers of a view of a colour space that can be hidden."""

PIXELS, CENTROIDS, TRAILS, GAMUT, AXES = "pixels", "centroids", "trails", "gamut", "axes"
LAYERS = (PIXELS, CENTROIDS, TRAILS, GAMUT, AXES)
