//! No models yet.
