//! The one algorithm: probe, lock, verify, apply, release.
