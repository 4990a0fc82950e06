"""What waits for each role, as data, and which units below need it most (DG 38/2025 ¶4.i.d, ¶4.ii, ¶4.iii, ¶5).

`WORK` is the page of the day: role → blocks, most pressing first. A block over complaints or FIRs is nothing but a named
set of filters of their list, so the number on the page and the rows behind it cannot differ.
"""

from kendras.models import Role
from reports.work import complaints, counselling, firs, office, support

#: role → the blocks of its day, most pressing first
WORK = {
    Role.DESK: (
        complaints.waiting_women, complaints.follow_ups, complaints.feedback, firs.fir_tonight, counselling.sessions, counselling.sitting, counselling.after_settlement,
        support.referrals_late, support.plans, support.untold_here, support.fir_untold_here,
    ),
    Role.SI: (
        complaints.my_cases, firs.my_firs, complaints.my_directions, complaints.my_follow_ups, complaints.my_feedback, counselling.sessions, counselling.counsel, counselling.fir_counsel, counselling.sitting,
        counselling.after_settlement,
        support.my_referrals, support.referrals_fallen, support.compensation_late, support.plans, support.untold_mine, support.fir_untold_mine,
    ),
    Role.INCHARGE: (
        complaints.unassigned, complaints.late, firs.fir_tonight, firs.fir_bail, complaints.due_today, firs.fir_week, firs.fir_over, complaints.directions, firs.fir_directions,
        complaints.sensitive, firs.fir_officer, firs.mismatches, firs.questions, firs.answers, firs.ends, complaints.feedback, complaints.to_close, complaints.handovers, complaints.reveals, firs.fir_reveals, office.to_submit, office.meeting,
        counselling.sessions, counselling.counsel, counselling.fir_counsel, counselling.centre_back, counselling.sitting, counselling.after_settlement, counselling.entrusted_over,
        support.referrals_late, support.referrals_fallen, support.referrals_held, support.compensation_late, support.plans, support.untold_here, support.fir_untold_here, support.fir_told,
    ),
    Role.SHO: (
        complaints.escalated, firs.fir_tonight, firs.fir_bail, firs.fir_over, firs.fir_officer, firs.mismatches, firs.questions, firs.answers, firs.harassers, firs.ends, complaints.unassigned_late, complaints.directions, firs.fir_directions,
        complaints.handovers, complaints.reveals, firs.fir_reveals, counselling.counsel_late, counselling.fir_counsel_late,
        support.referrals_held, support.referrals_up, support.compensation_up, support.fir_told, office.charges,
    ),
    Role.CO: (
        complaints.escalated, firs.fir_tonight, firs.fir_bail, firs.fir_over, firs.harassers, firs.ends, complaints.directions_late, complaints.reveals, firs.fir_reveals, office.to_review,
        counselling.counsel_late, counselling.fir_counsel_late, support.referrals_held, support.referrals_up, support.compensation_up, office.look_here, office.charges,
    ),
    Role.NODAL: (
        complaints.escalated, firs.fir_tonight, firs.fir_bail, firs.fir_over, complaints.directions_late, office.to_accept, counselling.counsel_late, counselling.fir_counsel_late,
        counselling.psychologist, counselling.sitting, support.referrals_up, support.compensation_up, support.enlarging, office.look_here, office.charges,
    ),
    Role.SP: (
        complaints.escalated, firs.fir_tonight, firs.fir_bail, firs.fir_over, complaints.directions_late, office.to_accept, counselling.psychologist,
        support.referrals_up, support.compensation_up, support.to_forward, office.look_here, office.charges,
    ),
    Role.IG: (complaints.past_the_ladder, office.charges),
    Role.ADG: (complaints.past_the_ladder, office.charges),
    Role.HQ: (complaints.past_the_ladder, office.charges),
    Role.COUNSELLOR: (counselling.entrusted, complaints.given, support.given_referrals),
    Role.SYSADMIN: (office.charges, office.idle_accounts, office.provisional_units),
}  # fmt: skip
