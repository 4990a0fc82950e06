from reports.statements import clocks, comparison, counselling, firs, kinds, signs, support, trends, units

__all__ = ["clocks", "comparison", "counselling", "firs", "kinds", "signs", "support", "trends", "units"]
