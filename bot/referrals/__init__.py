"""Cases: where they go, who works on them, what office and citizen see of them.

Two doors: `referrals` for citizens and groups, `dispatch` for what is to be sent.
"""
