from reports.models.job import Job
from reports.models.meeting import MeetingDirection
from reports.models.monthly import MonthlyReport
from reports.models.printing import PrintJob
from reports.models.run import BuildPart, BuildRun

__all__ = ["BuildPart", "BuildRun", "Job", "MeetingDirection", "MonthlyReport", "PrintJob"]
