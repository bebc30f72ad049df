"""Papers of decided districts rewritten as offices rewrite them: no rewriting may make a wrong certainty."""
