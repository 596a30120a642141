"""The screens of ballots: preparing, voting, counting, results, rules."""
