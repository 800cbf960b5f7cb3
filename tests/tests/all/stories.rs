//! The stories under `tests/cases`: two sets of models, and what becomes of a database with rows between them.
