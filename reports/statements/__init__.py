from reports.statements import comparison, kinds, units

__all__ = ["comparison", "kinds", "units"]
