//! Many real programs that launch together, and what can happen to them: killed, cut off, without a server, without room on the disk.
//!
//! Whatever happens, each revision is applied once and in order.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cluster;
mod disk;
mod look;
mod pooler;
mod programs;
mod proxy;
mod rounds;
mod soak;

/// Number and group of the user that servers run as, since they refuse root. `None`: this user.
fn servers_user() -> Option<(u32, u32)> {
    let number = |arguments: &[&str]| {
        let output = std::process::Command::new("id").args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().parse().unwrap()
    };
    (number(&["-u"]) == 0).then(|| (number(&["-u", "postgres"]), number(&["-g", "postgres"])))
}
