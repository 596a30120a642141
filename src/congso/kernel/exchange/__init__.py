"""Documents between agencies, over an axis: every packet has a state, an owner, a reason and a next step.

What leaves waits in the outbox and is tried until the axis took it; what arrives is kept before it is acknowledged,
once for however often it comes. Automatic work acts as `System.EXCHANGE`; deciding is people's.
"""
