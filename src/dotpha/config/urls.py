"""Root addresses; each room of pages brings its own list."""

from django.urls import include, path

urlpatterns = [path("", include("dotpha.interfaces.web.urls"))]
