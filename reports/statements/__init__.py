from reports.statements import clocks, comparison, firs, kinds, units

__all__ = ["clocks", "comparison", "firs", "kinds", "units"]
