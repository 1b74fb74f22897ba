"""HTTP: one blueprint per subject, Thai and English pages, problem+json for errors. Home of Flask."""
