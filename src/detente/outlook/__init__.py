"""Record → forecasts, their evaluation and calibration."""
