from reports.statements import comparison, counselling, firs, kinds, units

__all__ = ["comparison", "counselling", "firs", "kinds", "units"]
