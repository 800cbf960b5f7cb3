//! Each revision of mine, made again from where theirs ends.

use super::redefined;
use super::sides::{Side, Sides};
use crate::compose;
use crate::exit::Failure;
use crate::project::Project;
use crate::proof;
use crate::prospect::{Prospect, Texts, path};
use crate::shell::Shell;
use enamel_runtime::load::Loaded;
use enamel_runtime::prove::{Claim, Replay};
use enamel_schema::diff::diff;
use enamel_schema::draft::{Draft, draft};
use enamel_schema::lock::Entry;
use enamel_schema::revision::{Header, down_file, up_file};
use enamel_schema::schema::{Table, Unmodelled};
use enamel_schema::{Change, Diagnostic, Dialect, Lock, Pair, Schema, Version};
use std::collections::{BTreeMap, BTreeSet};

/// Both sides put together, not yet proven.
pub(super) struct Rebased {
    pub(super) prospect: Prospect,
    /// What became of mine, oldest first.
    pub(super) fates: Vec<Fate>,
}

/// What became of a revision of mine. Files are relative to the folder of the lock file.
pub(super) enum Fate {
    /// It was generated again.
    Renewed { previous: String, next: String },
    /// It was written by hand, and has another number.
    Renumbered { previous: String, next: String },
    /// Theirs makes the same change.
    Dropped { previous: String },
}

/// Puts all revisions of mine on top of theirs.
pub(super) fn all(project: &Project, sides: &Sides, shell: &mut Shell) -> Result<Rebased, Failure> {
    let mut prospect = Prospect::of(sides.theirs.lock.clone());
    prospect.texts.extend(sides.theirs.texts.clone());
    prospect.gone.extend(sides.mine.texts.keys().filter(|path| !sides.theirs.texts.contains_key(*path)).cloned());
    let mut rebasing = Rebasing { project, sides, mine: sides.mine.load(project)?, prospect, fates: Vec::new(), shell };
    for step in steps(sides) {
        rebasing.take(&step)?;
    }
    Ok(Rebased { prospect: rebasing.prospect, fates: rebasing.fates })
}

/// A revision of mine.
struct Step<'s> {
    /// Its entry, for each dialect.
    entries: BTreeMap<Dialect, &'s Entry>,
    /// What was sealed before and after it, as far as git knows.
    schemas: Pair<Option<&'s Schema>>,
}

fn steps(sides: &Sides) -> Vec<Step<'_>> {
    let mut by_version: BTreeMap<Version, BTreeMap<Dialect, &Entry>> = BTreeMap::new();
    for dialect in sides.mine.lock.dialects.keys() {
        for entry in sides.new_of(&sides.mine, *dialect) {
            by_version.entry(entry.version).or_default().insert(*dialect, entry);
        }
    }
    let mut previous = Some(&sides.base.lock.schema);
    let last = by_version.keys().next_back().copied();
    let mut steps = Vec::new();
    for (version, entries) in by_version {
        let next = if Some(version) == last {
            Some(&sides.mine.lock.schema)
        } else {
            sides.earlier.iter().find(|lock| ends_with(lock, &entries)).map(|lock| &lock.schema)
        };
        steps.push(Step { entries, schemas: Pair::new(previous, next) });
        previous = next;
    }
    steps
}

/// Whether these are the newest revisions of a lock file.
fn ends_with(lock: &Lock, entries: &BTreeMap<Dialect, &Entry>) -> bool {
    entries.iter().all(|(dialect, entry)| {
        let last = lock.dialects.get(dialect).and_then(|entries| entries.last());
        last.is_some_and(|last| last.version == entry.version && last.chain == entry.chain)
    })
}

struct Rebasing<'a> {
    project: &'a Project,
    sides: &'a Sides,
    /// My revisions as they were.
    mine: Loaded,
    prospect: Prospect,
    fates: Vec<Fate>,
    shell: &'a mut Shell,
}

impl Rebasing<'_> {
    fn take(&mut self, step: &Step<'_>) -> Result<(), Failure> {
        match (step.schemas.previous, step.schemas.next) {
            (Some(previous), Some(next)) if self.is_as_rendered(step, Pair::new(previous, next))? => {
                self.renew(step, Pair::new(previous, next))
            }
            (previous, next) => self.renumber(step, previous.zip(next)),
        }
    }

    /// Whether the SQL of a revision is what was generated.
    fn is_as_rendered(&mut self, step: &Step<'_>, schemas: Pair<&Schema>) -> Result<bool, Failure> {
        for (dialect, entry) in &step.entries {
            let up = self.sides.mine.up(*dialect, entry);
            let Ok(header) = Header::parse(up) else { return Ok(false) };
            let before = Version::new(entry.version.number().saturating_sub(1)).unwrap_or(Version::BASE);
            let unmodelled = unmodelled(self.project, &self.mine, before, schemas, *dialect, self.shell)?;
            let Ok(draft) = draft(schemas, &header.answers, *dialect, &unmodelled) else { return Ok(false) };
            let texts = compose::texts(&header.message, &header.answers, &draft, *dialect);
            if draft.changes.is_empty()
                || texts.up != up
                || texts.down.as_deref() != self.sides.mine.down(*dialect, entry)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the same change again, from where the prospect ends.
    fn renew(&mut self, step: &Step<'_>, schemas: Pair<&Schema>) -> Result<(), Failure> {
        let Some(header) = self.header(step) else { return Ok(()) };
        let changes = diff(schemas.previous, schemas.next, &header.answers);
        let previous = self.prospect.lock.schema.clone();
        let next = self.changed(&previous, &changes, step)?;
        let before = self.prospect.load(self.project)?;
        let mut drafts: BTreeMap<Dialect, Draft> = BTreeMap::new();
        for dialect in step.entries.keys() {
            let schemas = Pair::new(&previous, &next);
            let unmodelled = unmodelled(self.project, &before, self.head(), schemas, *dialect, self.shell)?;
            drafts.insert(*dialect, draft(schemas, &header.answers, *dialect, &unmodelled)?);
        }
        self.prospect.lock.schema = next;
        if drafts.values().all(|draft| draft.changes.is_empty()) {
            for (dialect, entry) in &step.entries {
                self.fates.push(Fate::Dropped { previous: self.file(*dialect, entry) });
            }
            return Ok(());
        }
        let version = self.following()?;
        for (dialect, entry) in &step.entries {
            if let Some(draft) = drafts.get(dialect) {
                let texts = compose::texts(&header.message, &header.answers, draft, *dialect);
                let next = self.add(*dialect, version, entry, texts);
                self.fates.push(Fate::Renewed { previous: self.file(*dialect, entry), next });
            }
        }
        Ok(())
    }

    /// Keeps the text, under the next number.
    fn renumber(&mut self, step: &Step<'_>, schemas: Option<(&Schema, &Schema)>) -> Result<(), Failure> {
        for (dialect, entry) in &step.entries {
            self.refuse_redefinition(*dialect, entry)?;
        }
        if let Some((previous, next)) = schemas {
            let answers = self.header(step).unwrap_or_default().answers;
            let changes = diff(previous, next, &answers);
            self.prospect.lock.schema = self.changed(&self.prospect.lock.schema.clone(), &changes, step)?;
        }
        let version = self.following()?;
        for (dialect, entry) in &step.entries {
            let side: &Side = &self.sides.mine;
            let texts =
                Texts { up: side.up(*dialect, entry).to_owned(), down: side.down(*dialect, entry).map(str::to_owned) };
            let next = self.add(*dialect, version, entry, texts);
            self.fates.push(Fate::Renumbered { previous: self.file(*dialect, entry), next });
        }
        Ok(())
    }

    /// A schema after changes of mine. What theirs made already is not made again.
    fn changed(&self, schema: &Schema, changes: &[Change], step: &Step<'_>) -> Result<Schema, Failure> {
        let mut next = schema.clone();
        for change in changes {
            if next.apply(change).is_err() && !is_made(&next, change) {
                let (dialect, entry) = step
                    .entries
                    .iter()
                    .next()
                    .map_or((Dialect::Sqlite, None), |(dialect, entry)| (*dialect, Some(*entry)));
                let file = entry.map(|entry| self.file(dialect, entry)).unwrap_or_default();
                let theirs = self.theirs_that_mention(dialect, change);
                return Err(Diagnostic::error(format!("{file} and theirs disagree: {}", change.summary()))
                    .with_note(theirs)
                    .with_hint("decide in the models, abort the merge, and write the revision anew on top of theirs")
                    .into());
            }
        }
        Ok(next)
    }

    fn theirs_that_mention(&self, dialect: Dialect, change: &Change) -> String {
        let table = change.table().map(|table| table.name.as_str().to_owned()).unwrap_or_default();
        let files = self.touching(dialect, &BTreeSet::from([table.clone()]));
        if files.is_empty() {
            "theirs is where the merge comes from".to_owned()
        } else {
            format!("{} changed {table} too", files.join(", "))
        }
    }

    /// A text that makes something anew, as it was on my branch, would undo what theirs did to it.
    fn refuse_redefinition(&self, dialect: Dialect, entry: &Entry) -> Result<(), Failure> {
        let redefined = redefined::by(self.sides.mine.up(dialect, entry), dialect);
        let theirs = self.touching(dialect, &redefined);
        if theirs.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = redefined.into_iter().collect();
        Err(Diagnostic::error(format!("{} makes anew what {} touched", self.file(dialect, entry), theirs.join(", ")))
            .with_note(format!("it was written by hand, and defines {} as it was before theirs", names.join(", ")))
            .with_hint("abort the merge, and write the revision anew on top of theirs")
            .into())
    }

    /// The new files of theirs that mention one of these names.
    fn touching(&self, dialect: Dialect, names: &BTreeSet<String>) -> Vec<String> {
        let theirs = self.sides.new_of(&self.sides.theirs, dialect).iter();
        let mention = |entry: &&Entry| {
            let text = self.sides.theirs.up(dialect, entry);
            names.iter().any(|name| enamel_schema::split::mentions(text, name))
        };
        theirs.filter(mention).map(|entry| self.file(dialect, entry)).collect()
    }

    fn add(&mut self, dialect: Dialect, version: Version, entry: &Entry, texts: Texts) -> String {
        let file = path(&self.prospect.lock, dialect, &up_file(version, &entry.slug));
        let down = path(&self.prospect.lock, dialect, &down_file(version, &entry.slug));
        self.prospect.gone.retain(|gone| gone != &file && gone != &down);
        self.prospect.add(dialect, version, &entry.slug, texts, false);
        file
    }

    fn header(&self, step: &Step<'_>) -> Option<Header> {
        let (dialect, entry) = step.entries.iter().next()?;
        Header::parse(self.sides.mine.up(*dialect, entry)).ok()
    }

    fn file(&self, dialect: Dialect, entry: &Entry) -> String {
        path(&self.prospect.lock, dialect, &up_file(entry.version, &entry.slug))
    }

    fn head(&self) -> Version {
        let heads = self.prospect.lock.dialects.values().filter_map(|entries| entries.last());
        heads.map(|entry| entry.version).max().unwrap_or_default()
    }

    fn following(&self) -> Result<Version, Failure> {
        self.head().following().ok_or_else(|| Diagnostic::error("the numbers of revisions are used up").into())
    }
}

/// Whether a schema is already as a change leaves it.
fn is_made(schema: &Schema, change: &Change) -> bool {
    if let Change::CreateTable(table) = change {
        // Its indexes are changes of their own, and may be there or not.
        let without_indexes = |there: &Table| Table { indexes: Vec::new(), ..there.clone() };
        return schema.table(&table.name).is_some_and(|there| without_indexes(there) == *table);
    }
    if let Change::DropTable(table) = change {
        return schema.table(&table.name).is_none();
    }
    if let Change::DropColumn { table, column } = change {
        return schema.table(table).is_some_and(|table| table.column(&column.name).is_none());
    }
    // What can be undone was made.
    schema.clone().apply(&change.reverse()).is_ok()
}

/// What models cannot say, after the revisions up to a version.
fn unmodelled(
    project: &Project,
    loaded: &Loaded,
    version: Version,
    schemas: Pair<&Schema>,
    dialect: Dialect,
    shell: &mut Shell,
) -> Result<Vec<Unmodelled>, Failure> {
    let claim = Claim { models: schemas.next, sealed: schemas.previous, ignore: &project.settings.ignore };
    let scratch = proof::scratch(dialect);
    let replay = shell.timed("replay", || loaded.with(|migrations| Replay::new(migrations, version, claim, &scratch)));
    Ok(replay.map_err(proof::failure)?.found().unmodelled.clone())
}
