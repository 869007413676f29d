"""What happens when someone writes, taps, or something falls due: one folder per subject.

Kept empty of imports so that the terminal can use the pieces that need no Telegram.
"""
