from reports.statements import comparison, firs, kinds, signs, trends, units

__all__ = ["comparison", "firs", "kinds", "signs", "trends", "units"]
