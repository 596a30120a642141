"""What is worked out of figures: forecasts with their error, small cells left out, cells of files read."""

from congso.apps.analytics.rules.forecasting import Forecast, forecast
from congso.apps.analytics.rules.reading import BadCell, read_number, read_period, unit_named
from congso.apps.analytics.rules.suppressing import suppressed

__all__ = ["BadCell", "Forecast", "forecast", "read_number", "read_period", "suppressed", "unit_named"]
