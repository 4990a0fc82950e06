from reports.statements import comparison, counselling, firs, kinds, signs, support, trends, units

__all__ = ["comparison", "counselling", "firs", "kinds", "signs", "support", "trends", "units"]
