use super::*;
use crate::schema::Schema;
use std::collections::BTreeMap;

struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn list(&mut self, folder: &str) -> io::Result<Vec<String>> {
        let folder_of = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let inside = self.0.keys().filter(|path| folder_of(path) == folder);
        let names: Vec<String> = inside.filter_map(|path| path.rsplit('/').next()).map(str::to_owned).collect();
        if names.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(names) }
    }

    fn read(&mut self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Three sealed revisions, whose files are as they were sealed.
struct Project {
    lock: Lock,
    files: Memory,
}

impl Project {
    fn new(dialect: Dialect, folders: bool) -> Self {
        let mut lock = Lock {
            types: 1,
            history: "enamel_schema_history".to_owned(),
            models: Vec::new(),
            type_map: BTreeMap::new(),
            doc_comments: false,
            folders,
            dialects: BTreeMap::new(),
            schema: Schema::default(),
        };
        let mut files = BTreeMap::new();
        let mut entries: Vec<Entry> = Vec::new();
        for (number, slug) in [(1, "users"), (2, "orders"), (3, "email")] {
            let version = Version::new(number).unwrap();
            let (up_text, down_text) = (format!("CREATE TABLE {slug} (id);\n"), format!("DROP TABLE {slug};\n"));
            let up = Checksum::of(&up_text);
            entries.push(Entry {
                version,
                slug: slug.to_owned(),
                up,
                down: Some(Checksum::of(&down_text)),
                chain: Checksum::chained(entries.last().map(|entry| &entry.chain), &up),
                accepts: Vec::new(),
                unproven: false,
            });
            let folder = if folders { format!("{dialect}/") } else { String::new() };
            files.insert(format!("{folder}{}", up_file(version, slug)), up_text.into_bytes());
            files.insert(format!("{folder}{}", down_file(version, slug)), down_text.into_bytes());
        }
        files.insert("enamel.lock".to_owned(), Vec::new());
        files.insert("notes.txt".to_owned(), b"not a revision".to_vec());
        lock.dialects.insert(dialect, entries);
        Project { lock, files: Memory(files) }
    }

    fn sqlite() -> Self {
        Self::new(Dialect::Sqlite, false)
    }

    fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.files.0.insert(path.to_owned(), bytes.as_ref().to_vec());
        self
    }

    fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.files.0.remove(path).is_some(), "{path}");
        self
    }

    fn rename(&mut self, previous: &str, next: &str) -> &mut Self {
        let bytes = self.files.0.remove(previous).unwrap();
        self.write(next, bytes)
    }

    fn entries(&mut self) -> &mut Vec<Entry> {
        self.lock.dialects.values_mut().next().unwrap()
    }

    fn verify(&mut self) -> Verified {
        verify(&self.lock, "migrations", &mut self.files)
    }

    /// What is found, each with its level.
    fn findings(&mut self) -> String {
        let findings = self.verify().findings;
        let told = findings.iter().map(|finding| format!("{:?}: {finding}\n", finding.level));
        told.collect()
    }
}

#[test]
fn files_as_they_were_sealed_are_right() {
    for folders in [false, true] {
        let mut project = Project::new(Dialect::Postgres, folders);
        let verified = project.verify();
        assert_eq!(verified.findings, []);
        let revisions = &verified.folders[0].revisions;
        let chains: Vec<Checksum> = revisions.iter().map(|revision| revision.chain).collect();
        assert_eq!(chains, project.entries().iter().map(|entry| entry.chain).collect::<Vec<_>>());
        let down = revisions[1].down.as_ref().unwrap();
        assert_eq!(down.text, "DROP TABLE orders;\n");
        let path = if folders { "postgres/V0002__orders.down.sql" } else { "V0002__orders.down.sql" };
        assert_eq!(down.path, path);
    }
}

#[test]
fn a_check_out_with_carriage_returns_is_right() {
    let verified = Project::sqlite().write("V0001__users.sql", "CREATE TABLE users (id);\r\n").verify();
    assert_eq!(verified.findings, []);
    let up = verified.folders[0].revisions[0].up.as_ref().unwrap();
    assert!(up.carriage_returns);
    assert_eq!(up.text, "CREATE TABLE users (id);\n");
}

#[test]
fn an_edit_below_the_head_is_an_error() {
    assert_eq!(
        Project::sqlite().write("V0002__orders.sql", "CREATE TABLE orders (id, total);\n").findings(),
        "Error: migrations/V0002__orders.sql was edited after revision 0003 followed it\n\
         note: a database that has this revision does not get the edit\n\
         hint: `git checkout -- migrations/V0002__orders.sql` takes the edit back\n\
         hint: `cargo enamel revision -m \"…\"` for what databases are still to get\n\
         hint: `cargo enamel seal` proves the edit and accepts both texts\n"
    );
    assert!(Project::sqlite().write("V0001__users.down.sql", "-- nothing\n").verify().has_errors());
}

#[test]
fn an_edited_head_is_a_warning_and_is_what_counts() {
    let mut project = Project::sqlite();
    project.write("V0003__email.sql", "CREATE TABLE email (id, address);\n");
    assert_eq!(
        project.findings(),
        "Warning: migrations/V0003__email.sql was edited and is not sealed\n\
         hint: `cargo enamel seal` proves and seals the edit\n"
    );
    let verified = project.verify();
    let head = verified.folders[0].revisions.last().unwrap();
    let edited = Checksum::of("CREATE TABLE email (id, address);\n");
    assert_eq!(head.up.as_ref().unwrap().sha256, edited);
    assert_eq!(head.chain, Checksum::chained(Some(&project.entries()[1].chain), &edited));
}

#[test]
fn an_edit_may_not_bring_in_transaction_control() {
    let findings = Project::sqlite().write("V0003__email.sql", "CREATE TABLE email (id);\nCOMMIT;\n").findings();
    assert!(findings.contains("Error: migrations/V0003__email.sql:2: COMMIT has no place"), "{findings}");
}

#[test]
fn a_missing_file_is_an_error() {
    assert_eq!(
        Project::sqlite().remove("V0001__users.sql").findings(),
        "Error: migrations/V0001__users.sql is missing, and migrations/enamel.lock lists it\n\
         hint: `git checkout -- migrations/V0001__users.sql` brings it back\n"
    );
    assert_eq!(
        Project::sqlite().remove("V0003__email.down.sql").findings(),
        "Error: migrations/V0003__email.down.sql is missing, and migrations/enamel.lock lists it\n\
         hint: `git checkout -- migrations/V0003__email.down.sql` brings it back\n\
         hint: `git checkout -- migrations/enamel.lock` if it was never committed and is not wanted\n"
    );
}

#[test]
fn a_missing_folder_is_one_error() {
    let mut project = Project::new(Dialect::Sqlite, true);
    project.files.0.retain(|path, _| !path.starts_with("sqlite/"));
    assert_eq!(
        project.findings(),
        "Error: the folder migrations/sqlite is missing, and migrations/enamel.lock lists revisions in it\n\
         hint: `git checkout -- migrations/sqlite` brings it back\n"
    );
    project.entries().clear();
    assert_eq!(project.findings(), "", "a dialect without revisions needs no folder yet");
}

#[test]
fn a_misnamed_file_is_an_error() {
    assert_eq!(
        Project::sqlite().rename("V0002__orders.sql", "V0002__purchases.sql").findings(),
        "Error: migrations/V0002__purchases.sql is misnamed: migrations/enamel.lock lists it as V0002__orders.sql\n\
         hint: `mv migrations/V0002__purchases.sql migrations/V0002__orders.sql`\n"
    );
    let findings = Project::sqlite().rename("V0002__orders.sql", "V0012__orders.sql").findings();
    assert!(findings.contains("`mv migrations/V0012__orders.sql migrations/V0002__orders.sql`"), "{findings}");
}

#[test]
fn a_file_that_slipped_in_is_an_error() {
    assert_eq!(
        Project::sqlite().write("V0002__theirs.sql", "SELECT 1;").findings(),
        "Error: migrations/V0002__theirs.sql is a second revision 0002, beside migrations/V0002__orders.sql\n\
         hint: `cargo enamel rebase --onto main` if a merge with main brought one of the two\n\
         hint: `mv migrations/V0002__theirs.sql migrations/V0004__theirs.sql` and `cargo enamel seal` make it the head\n\
         hint: `rm migrations/V0002__theirs.sql` if it is not wanted\n"
    );
    let mut baseline = Project::new(Dialect::Sqlite, true);
    baseline.files.0.retain(|path, _| !path.contains("V0001"));
    let entries = baseline.entries();
    entries.remove(0);
    entries[0].chain = Checksum::chained(None, &entries[0].up);
    entries[1].chain = Checksum::chained(Some(&entries[0].chain), &entries[1].up);
    assert_eq!(baseline.findings(), "");
    assert_eq!(
        baseline.write("sqlite/V0001__late.sql", "SELECT 1;").findings(),
        "Error: migrations/sqlite/V0001__late.sql slipped in below the head, 0003: migrations/enamel.lock does not list it\n\
         hint: `mv migrations/sqlite/V0001__late.sql migrations/sqlite/V0004__late.sql` and `cargo enamel seal` make it the head\n\
         hint: `rm migrations/sqlite/V0001__late.sql` if it is not wanted\n"
    );
}

#[test]
fn a_file_above_the_head_is_a_warning() {
    assert_eq!(
        Project::sqlite().write("V0004__next.sql", "SELECT 1;").findings(),
        "Warning: migrations/V0004__next.sql is left out: migrations/enamel.lock does not list it\n\
         hint: `cargo enamel seal` proves it and makes it the head\n\
         hint: `rm migrations/V0004__next.sql` if it is not wanted\n"
    );
}

#[test]
fn a_way_back_that_was_written_later_is_not_sealed() {
    let mut project = Project::sqlite();
    project.entries()[2].down = None;
    assert_eq!(
        project.findings(),
        "Warning: migrations/V0003__email.down.sql is not sealed: migrations/enamel.lock lists revision 0003 without a way back\n\
         hint: `cargo enamel seal` proves and seals it\n\
         hint: `rm migrations/V0003__email.down.sql` if it is not wanted\n"
    );
    project.entries()[1].down = None;
    assert!(project.verify().has_errors());
}

#[test]
fn bytes_that_are_no_text_are_errors() {
    assert_eq!(
        Project::sqlite().write("V0003__email.sql", b"-- caf\xe9\n").findings(),
        "Error: migrations/V0003__email.sql is not UTF-8\n\
         hint: `git checkout -- migrations/V0003__email.sql` brings back what was sealed\n"
    );
    assert_eq!(
        Project::sqlite().write("V0003__email.sql", "").findings(),
        "Error: migrations/V0003__email.sql has 0 bytes\n\
         note: a revision that does nothing is one with comments only\n\
         hint: `git checkout -- migrations/V0003__email.sql` brings back what was sealed\n"
    );
}

#[test]
fn a_list_that_was_put_together_by_hand_is_an_error() {
    let mut project = Project::sqlite();
    project.entries()[2].chain = Checksum::of("something else");
    assert_eq!(
        project.findings(),
        "Error: revision 0003 in migrations/enamel.lock does not follow from the one before it\n\
         note: the lock file was edited or merged by hand\n\
         hint: `cargo enamel rebase` while the merge is under way\n\
         hint: `git checkout -- migrations/enamel.lock` to take it back\n"
    );
    let mut gap = Project::sqlite();
    gap.entries().remove(1);
    assert!(gap.verify().has_errors());
}
