"""What an installation begins with: model retention schedule, time limits; the operator corrects them."""
