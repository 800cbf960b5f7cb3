//! The macros of cargo-enamel: a thin shell over `enamel-schema`.
