"""Root addresses; each room of pages brings its own list."""

from django.urls import include, path

handler500 = "dotpha.interfaces.web.busy.broken"
urlpatterns = [path("", include("dotpha.interfaces.web.urls"))]
