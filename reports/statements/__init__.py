from reports.statements import comparison, firs, kinds, units

__all__ = ["comparison", "firs", "kinds", "units"]
