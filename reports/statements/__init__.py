from reports.statements import comparison, firs, kinds, support, units

__all__ = ["comparison", "firs", "kinds", "support", "units"]
