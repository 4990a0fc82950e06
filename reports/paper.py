def print_meeting(job, at):
    return b""
