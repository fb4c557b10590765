"""Sites made with WordPress: what their posts and pages hold, whoever publishes there."""
