//! Launches on a simulated database, in every order of their steps, and with a crash at every step.
//!
//! Each statement of a launch is one step. Between two steps a scheduler lets another launch go on, ends one, or lets time pass; real databases
//! cannot be held so. What the simulated ones answer is held against the real ones by `replay`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod all_schedules;
mod connection;
mod data;
mod planted;
mod random_schedules;
mod replay;
mod run;
mod scenario;
mod statement;
mod world;
