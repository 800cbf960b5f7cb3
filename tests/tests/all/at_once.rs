//! Several commands that write one folder at the same time.

use enamel_tests::command::cargo_enamel;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::{env, fs};

const AT_ONCE: usize = 6;

#[test]
fn revisions_that_are_written_at_once_have_numbers_of_their_own() {
    let folder = package();
    let begun: Vec<Child> = (0..AT_ONCE).map(|number| begin(&folder, &format!("number {number}"))).collect();
    let outputs: Vec<Output> = begun.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let (done, refused): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.status.success());
    for refusal in refused {
        let said = String::from_utf8_lossy(&refusal.stderr);
        assert_eq!(refusal.status.code(), Some(1), "{said}");
        assert_eq!(
            said,
            "error: another command wrote migrations/enamel.lock meanwhile\n\
             note: nothing was written\n\
             hint: run it again\n"
        );
    }
    let names = fs::read_dir(folder.join("migrations")).unwrap();
    let names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let numbers: BTreeSet<&str> =
        names.iter().filter(|name| name.ends_with(".down.sql")).map(|name| &name[..5]).collect();
    // With the one that was there. An up and a down a revision, enamel.lock and .gitattributes: none was overwritten, and nothing is
    // left half-written.
    let revisions = done.len() + 1;
    assert!(revisions > 1);
    assert_eq!((numbers.len(), names.len()), (revisions, 2 * revisions + 2), "{names:?}");
    let check = enamel(&folder, &["check"]).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    fs::remove_dir_all(folder).unwrap();
}

fn package() -> PathBuf {
    let folder = env::temp_dir().join(format!("enamel-at-once-{}", std::process::id()));
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
        .unwrap();
    let model = "#[derive(Table)]\npub struct User {\n    #[enamel(primary_key)]\n    pub id: i64,\n}\n";
    fs::write(folder.join("src/lib.rs"), model).unwrap();
    for arguments in [&["init"][..], &["revision", "--autogenerate"]] {
        assert!(enamel(&folder, arguments).output().unwrap().status.success());
    }
    folder
}

fn begin(folder: &Path, message: &str) -> Child {
    enamel(folder, &["revision", "-m", message]).spawn().unwrap()
}

fn enamel(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_enamel());
    command.args(arguments).current_dir(folder).env("CARGO_TERM_COLOR", "never").env("CARGO", env!("CARGO"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
