"""Making the world: people, land, projects, and who lost what to which approval."""
