"""`eligibility papers …`: what leaves the bureau on paper."""
