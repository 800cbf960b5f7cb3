//! Each revision of mine, made again from where theirs ends.

use super::merging::Merging;
use super::refusal;
use super::texts::{Tree, ends_with, is_beginning, listed};
use crate::compose;
use crate::exit::Failure;
use crate::ground::{Barred, Ground};
use crate::project::{LOCK_FILE, Project};
use crate::proof;
use crate::prospect::{Prospect, Texts, path};
use crate::shell::Shell;
use enamel_runtime::load::Loaded;
use enamel_runtime::prove::{Claim, Replay};
use enamel_runtime::scratch::Scratch;
use enamel_schema::draft::{Draft, draft};
use enamel_schema::halfway::halfway;
use enamel_schema::lock::Entry;
use enamel_schema::mismatch::Side;
use enamel_schema::rebase::{Again, Clash, Division, Followed, Mine, again, divide, follow, redefined, told, touched};
use enamel_schema::revision::{Header, down_file, up_file};
use enamel_schema::schema::Unmodelled;
use enamel_schema::settle::{Settled, settle};
use enamel_schema::{Checksum, Diagnostic, Dialect, Edits, Name, Pair, Schema, TableName, Version};
use std::collections::{BTreeMap, BTreeSet};

/// Both sides put together and proven, not yet written.
pub(super) struct Rebased {
    pub(super) prospect: Prospect,
    /// What became of mine, the oldest first.
    pub(super) fates: Vec<Fate>,
    /// Where it is not proven, and why.
    pub(super) barred: Barred,
}

/// What became of a revision of mine. Files are relative to the folder of the lock file.
pub(super) enum Fate {
    /// It was made again; what theirs had made of it already is told in words.
    Renewed { previous: String, next: String, already: Vec<String> },
    /// It was written by hand, and has another number.
    Renumbered { previous: String, next: String },
    /// Theirs makes the same change.
    Dropped { previous: String },
    /// It was there before, and has the text that I gave it.
    Mended { next: String },
}

/// Puts all revisions of mine behind theirs.
pub(super) fn all(merging: &Merging, tree: &Tree<'_>, ground: &Ground, shell: &mut Shell) -> Result<Rebased, Failure> {
    let division = divide(merging.base.as_ref(), &merging.mine.lock, &merging.theirs.lock)?;
    let mut rebasing = Rebasing::begin(merging, tree, &division, ground, shell)?;
    rebasing.restore_theirs()?;
    rebasing.mend()?;
    rebasing.take_all()?;
    if rebasing.proven < rebasing.head() {
        rebasing.prove_whole()?;
    }
    Ok(Rebased { prospect: rebasing.prospect, fates: rebasing.fates, barred: rebasing.barred })
}

struct Rebasing<'a> {
    merging: &'a Merging,
    tree: &'a Tree<'a>,
    division: &'a Division,
    /// My revisions as they were.
    former: Loaded,
    /// My schemas: before my first revision, and after each, as far as git knows them.
    schemas: Vec<Option<Schema>>,
    /// What the revisions of theirs say of their changes.
    said: Vec<Edits>,
    prospect: Prospect,
    /// The newest revision that was proven.
    proven: Version,
    fates: Vec<Fate>,
    ground: &'a Ground,
    /// Where nothing is proven, because revisions of either side cannot be run there.
    barred: Barred,
    shell: &'a mut Shell,
}

impl<'a> Rebasing<'a> {
    fn begin(
        merging: &'a Merging,
        tree: &'a Tree<'a>,
        division: &'a Division,
        ground: &'a Ground,
        shell: &'a mut Shell,
    ) -> Result<Self, Failure> {
        let mut prospect = Prospect::of(merging.theirs.lock.clone());
        let theirs = listed(&merging.theirs.lock);
        let mine = listed(&merging.mine.lock).into_keys();
        prospect.gone = mine.filter(|file| !theirs.contains_key(file)).collect();
        let mut said = Vec::new();
        for (dialect, entries) in division.theirs.iter().take(1) {
            for entry in entries {
                let texts = merging.theirs.texts(entry, *dialect, tree)?;
                said.push(Header::parse(&texts.up).map(|header| header.answers).unwrap_or_default());
            }
        }
        let former = merging.mine.load(tree)?;
        let schemas = schemas(merging, division, tree)?;
        let mut barred = ground.barred(merging.mine.lock.dialects.keys(), &former);
        barred.extend(ground.barred(merging.theirs.lock.dialects.keys(), &merging.theirs.load(tree)?));
        let (proven, fates) = (Version::BASE, Vec::new());
        Ok(Self { merging, tree, division, former, schemas, said, prospect, proven, fates, ground, barred, shell })
    }

    /// Texts of theirs that a merge left in conflict, or did not bring.
    fn restore_theirs(&mut self) -> Result<(), Failure> {
        let unmerged = self.tree.repository.unmerged();
        let Merging { mine, theirs, .. } = self.merging;
        let is_damaged = |file: &String, sealed: &Checksum| match self.tree.on_disk(file) {
            None => true,
            Some(_) if unmerged.contains(file) => true,
            // Of one name on both sides, mine was kept.
            Some(text) => Checksum::of(&text) != *sealed && mine.has(file, &text, self.tree),
        };
        for (dialect, entries) in &theirs.lock.dialects {
            for entry in entries {
                let up = path(&theirs.lock, *dialect, &up_file(entry.version, &entry.slug));
                let down = path(&theirs.lock, *dialect, &down_file(entry.version, &entry.slug));
                if !is_damaged(&up, &entry.up) && !entry.down.is_some_and(|sealed| is_damaged(&down, &sealed)) {
                    continue;
                }
                let texts = theirs.texts(entry, *dialect, self.tree)?;
                self.prospect.put(*dialect, entry.version, &entry.slug, texts);
            }
        }
        Ok(())
    }

    /// Gives revisions that were there before the texts that I gave them.
    fn mend(&mut self) -> Result<(), Failure> {
        for mended in &self.division.mended {
            let texts = self.merging.mine.texts(&mended.mine, mended.dialect, self.tree)?;
            let slug = &mended.mine.slug;
            self.prospect.put(mended.dialect, mended.version, slug, texts);
            let lock = &mut self.prospect.lock;
            let next = path(lock, mended.dialect, &up_file(mended.version, slug));
            for entry in lock.dialects.get_mut(&mended.dialect).into_iter().flatten() {
                if entry.version == mended.version {
                    entry.up = mended.mine.up;
                    entry.down = mended.mine.down;
                    entry.accepts.clone_from(&mended.mine.accepts);
                }
            }
            self.fates.push(Fate::Mended { next });
        }
        self.prospect.rechain();
        Ok(())
    }

    fn take_all(&mut self) -> Result<(), Failure> {
        self.take_unnoticed()?;
        // My schema before the revision, and whether it is the one right before it.
        let mut known = (self.schemas.first().cloned().flatten().unwrap_or_default(), true);
        for place in 0..self.division.mine.len() {
            let Some(mine) = self.division.mine.get(place) else { continue };
            let texts = self.texts(mine)?;
            let sealed = self.schemas.get(place + 1).cloned().flatten();
            let next = if known.1 { sealed.or(self.told(place, &known.0, &texts)?) } else { sealed };
            let schemas = next.as_ref().map(|next| Pair::new(&known.0, next));
            match schemas {
                Some(schemas) if known.1 && self.is_as_rendered(mine, schemas, &texts)? => {
                    self.renew(mine, schemas, &texts)?
                }
                Some(_) | None => self.renumber(mine, schemas, texts)?,
            }
            known = match next {
                Some(next) => (next, true),
                None => (known.0, false),
            };
        }
        Ok(())
    }

    /// What I sealed before my first revision that no database notices, such as the order of values.
    fn take_unnoticed(&mut self) -> Result<(), Failure> {
        let (Some(base), Some(Some(mine))) = (&self.merging.base, self.schemas.first()) else { return Ok(()) };
        let change = again(Pair::new(&base.schema, mine), &Edits::default(), &self.prospect.lock.schema);
        if let Ok(change) = change {
            self.prospect.lock.schema = change.schema;
        }
        Ok(())
    }

    fn texts(&self, mine: &Mine) -> Result<BTreeMap<Dialect, Texts>, Failure> {
        let texts = mine.entries.iter();
        texts.map(|(dialect, entry)| Ok((*dialect, self.merging.mine.texts(entry, *dialect, self.tree)?))).collect()
    }

    /// The schema after a revision that was committed together with later ones, if its own text tells enough to find it.
    fn told(
        &mut self,
        place: usize,
        previous: &Schema,
        texts: &BTreeMap<Dialect, Texts>,
    ) -> Result<Option<Schema>, Failure> {
        let later = self.schemas.iter().enumerate().skip(place + 2);
        let Some((end, next)) = later.into_iter().find_map(|(end, schema)| Some((end, schema.clone()?))) else {
            return Ok(None);
        };
        let mut edits = Edits::default();
        for mine in self.division.mine.get(place..end).unwrap_or_default() {
            edits.merge(header(&self.texts(mine)?).answers);
        }
        let (Some((dialect, first)), Some(mine)) = (texts.first_key_value(), self.division.mine.get(place)) else {
            return Ok(None);
        };
        let schemas = Pair::new(previous, &next);
        let dialects: Vec<Dialect> = texts.keys().copied().collect();
        let stop = halfway(schemas, &edits, &dialects);
        for schema in stop.into_iter().chain([told(&first.up, schemas, &edits, *dialect)]) {
            if self.is_as_rendered(mine, Pair::new(previous, &schema), texts)? {
                return Ok(Some(schema));
            }
        }
        Ok(None)
    }

    /// Whether the SQL of a revision is what was generated.
    fn is_as_rendered(
        &mut self,
        mine: &Mine,
        schemas: Pair<&Schema>,
        texts: &BTreeMap<Dialect, Texts>,
    ) -> Result<bool, Failure> {
        for (dialect, texts) in texts {
            let Ok(header) = Header::parse(&texts.up) else { return Ok(false) };
            let before = Version::new(mine.version.number().saturating_sub(1)).unwrap_or(Version::BASE);
            let scratch = self.scratch(*dialect);
            let replay = replay(self.tree.project, &self.former, before, schemas, scratch, self.shell)?;
            let Ok(draft) = draft(schemas, &header.answers, *dialect, unmodelled(replay.as_ref())) else {
                return Ok(false);
            };
            let rendered = compose::texts(&header.message, &header.answers, &draft, *dialect);
            if draft.is_empty() || rendered.up != texts.up || rendered.down != texts.down {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the same change again, from where the prospect ends.
    fn renew(&mut self, mine: &Mine, schemas: Pair<&Schema>, texts: &BTreeMap<Dialect, Texts>) -> Result<(), Failure> {
        let header = header(texts);
        let (change, Again { schema, already }) = self.again(mine, schemas, &header.answers)?;
        let previous = self.prospect.lock.schema.clone();
        let edits = self.settled(mine, Pair::new(&previous, &schema), &change.edits)?;
        let before = self.prospect.load(self.tree.project)?;
        let mut replays = Vec::new();
        let mut drafts = BTreeMap::new();
        for dialect in mine.entries.keys() {
            let schemas = Pair::new(&previous, &schema);
            let scratch = self.scratch(*dialect);
            let replay = replay(self.tree.project, &before, self.head(), schemas, scratch, self.shell)?;
            drafts.insert(*dialect, self.draft(mine, schemas, &edits, *dialect, unmodelled(replay.as_ref()))?);
            replays.extend(replay);
        }
        self.prospect.lock.schema = schema.clone();
        let former = self.file(mine);
        if drafts.values().all(Draft::is_empty) {
            self.fates.push(Fate::Dropped { previous: former });
            return Ok(());
        }
        let version = self.following()?;
        for (dialect, draft) in &drafts {
            let texts = compose::texts(&header.message, &edits, draft, *dialect);
            self.prospect.add(*dialect, version, &mine.slug, texts, self.barred.contains_key(dialect));
        }
        self.prove(replays, &former)?;
        let next = self.file_of(mine, version);
        self.fates.push(Fate::Renewed { previous: former, next, already });
        Ok(())
    }

    /// Keeps the text, under the next number.
    fn renumber(
        &mut self,
        mine: &Mine,
        schemas: Option<Pair<&Schema>>,
        texts: BTreeMap<Dialect, Texts>,
    ) -> Result<(), Failure> {
        let former = self.file(mine);
        let previous = self.prospect.lock.schema.clone();
        let is_theirs = self.is_theirs(mine);
        if !is_theirs {
            self.refuse_redefinition(mine, &texts)?;
        }
        let schema = match schemas {
            Some(schemas) => self.again(mine, schemas, &header(&texts).answers)?.1.schema,
            None => previous.clone(),
        };
        if is_theirs {
            self.prospect.lock.schema = schema;
            self.fates.push(Fate::Dropped { previous: former });
            return Ok(());
        }
        let version = self.following()?;
        let before = self.prospect.load(self.tree.project)?;
        let mut replays = Vec::new();
        for dialect in mine.entries.keys().filter(|_| schemas.is_some()) {
            let schemas = Pair::new(&previous, &schema);
            let scratch = self.scratch(*dialect);
            replays.extend(replay(self.tree.project, &before, self.head(), schemas, scratch, self.shell)?);
        }
        self.prospect.lock.schema = schema.clone();
        for (dialect, texts) in texts {
            self.prospect.add(dialect, version, &mine.slug, texts, self.barred.contains_key(&dialect));
            let entries = self.prospect.lock.dialects.get_mut(&dialect);
            if let (Some(entry), Some(former)) = (entries.and_then(|all| all.last_mut()), mine.entries.get(&dialect)) {
                entry.accepts.clone_from(&former.accepts);
            }
        }
        self.prove(replays, &former)?;
        let next = self.file_of(mine, version);
        self.fates.push(Fate::Renumbered { previous: former, next });
        Ok(())
    }

    /// Makes a change of mine on the schema where the prospect ends, in the names that theirs gave.
    fn again(&self, mine: &Mine, schemas: Pair<&Schema>, answers: &Edits) -> Result<(Followed, Again), Failure> {
        let mut change = Followed { mine: schemas.map(Schema::clone), edits: answers.clone() };
        let clashes = |clashes: Vec<Clash>| self.contradiction(mine, &clashes);
        for said in &self.said {
            change = follow(&change, said).map_err(clashes)?;
        }
        let again = again(change.mine.as_ref(), &change.edits, &self.prospect.lock.schema).map_err(clashes)?;
        Ok((change, again))
    }

    /// The answers of my header, as far as they still answer something.
    fn settled(&self, mine: &Mine, schemas: Pair<&Schema>, said: &Edits) -> Result<Edits, Failure> {
        let goes = |table: &TableName, column: &Name| {
            let ends = Pair::new(schemas.previous.table(said.previous_table(table)), schemas.next.table(table));
            let [was, is] =
                [ends.previous, ends.next].map(|table| table.is_some_and(|table| table.column(column).is_some()));
            was && !is && ends.next.is_some()
        };
        let went = |name: &Name, value: &String| {
            let has = |schema: &Schema| {
                schema.enumeration(name).is_some_and(|end| end.values.iter().any(|other| other.name == *value))
            };
            has(schemas.previous) && !has(schemas.next)
        };
        let mut answers = Edits { allowed: said.allowed.clone(), ..Edits::default() };
        let tables = said.dropped_tables.iter();
        answers.dropped_tables = tables
            .filter(|table| schemas.previous.table(table).is_some() && schemas.next.table(table).is_none())
            .cloned()
            .collect();
        let columns = said.dropped_columns.iter();
        answers.dropped_columns = columns.filter(|(table, column)| goes(table, column)).cloned().collect();
        let values = said.dropped_values.iter();
        answers.dropped_values = values.filter(|(name, value)| went(name, value)).cloned().collect();
        let dialects: Vec<Dialect> = mine.entries.keys().copied().collect();
        let settled = settle(schemas.previous, schemas.next, said, &answers, &dialects);
        match settled.map_err(|mistakes| self.stopped(mine, mistakes))? {
            Settled::Known(edits) => Ok(edits),
            Settled::Open(questions) => {
                let questions = questions.iter().map(|question| Diagnostic::error(question.text()));
                Err(self.stopped(mine, questions.collect()))
            }
        }
    }

    fn draft(
        &self,
        mine: &Mine,
        schemas: Pair<&Schema>,
        edits: &Edits,
        dialect: Dialect,
        unmodelled: &[Unmodelled],
    ) -> Result<Draft, Failure> {
        draft(schemas, edits, dialect, unmodelled).map_err(|mistakes| self.stopped(mine, mistakes))
    }

    /// Proves the newest revision of the prospect where the former ones were replayed.
    fn prove(&mut self, replays: Vec<Replay<'_>>, former: &str) -> Result<(), Failure> {
        let loaded = self.prospect.load(self.tree.project)?;
        let is_known = !replays.is_empty();
        for replay in replays {
            let proof = self.shell.timed("prove", || loaded.with(|migrations| replay.prove(migrations)));
            let proof = proof.map_err(proof::failure)?;
            proof::tell(&proof, self.shell)?;
            let lines = proof.lines();
            if !lines.is_empty() {
                return Err(self.disproved(former, lines));
            }
        }
        if is_known {
            self.proven = self.head();
        }
        Ok(())
    }

    /// Proves what no single revision was proven of.
    fn prove_whole(&mut self) -> Result<(), Failure> {
        let loaded = self.prospect.load(self.tree.project)?;
        let lock = &self.prospect.lock;
        let dialects = lock.dialects.keys().filter(|dialect| !self.barred.contains_key(dialect));
        let (project, ground) = (self.tree.project, self.ground);
        let lines = proof::differences(&loaded, dialects, lock, Side::LockFile, project, ground, self.shell)?;
        if lines.is_empty() { Ok(()) } else { Err(self.disproved("the result", lines)) }
    }

    /// Where to replay, `None` where that cannot be.
    fn scratch(&self, dialect: Dialect) -> Option<&'a Scratch> {
        (!self.barred.contains_key(&dialect)).then(|| self.ground.scratch(dialect))
    }

    /// Whether theirs has the very text of a revision of mine.
    fn is_theirs(&self, mine: &Mine) -> bool {
        mine.entries.iter().all(|(dialect, entry)| {
            let theirs = self.division.theirs.get(dialect).map(Vec::as_slice).unwrap_or_default();
            theirs.iter().any(|other| other.slug == entry.slug && other.up == entry.up)
        })
    }

    /// A text that makes something anew, as it was on my branch, would undo what theirs did to it.
    fn refuse_redefinition(&self, mine: &Mine, texts: &BTreeMap<Dialect, Texts>) -> Result<(), Failure> {
        for (dialect, texts) in texts {
            let names = redefined(&texts.up, *dialect);
            for (file, touched) in self.theirs_touch(*dialect)? {
                let both: Vec<&str> = names.intersection(&touched).map(String::as_str).collect();
                if !both.is_empty() {
                    let next = self.shown(&self.file_of(mine, self.following()?));
                    let lock = format!("git checkout {} -- {}", self.merging.theirs_in_git, self.shown(LOCK_FILE));
                    let mine = self.shown(&self.file(mine));
                    return Err(refusal::redefinition(Pair::new(&mine, &next), &self.shown(&file), &both, &lock));
                }
            }
        }
        Ok(())
    }

    /// The new files of theirs, with what each of them touches.
    fn theirs_touch(&self, dialect: Dialect) -> Result<Vec<(String, BTreeSet<String>)>, Failure> {
        let theirs = self.division.theirs.get(&dialect).map(Vec::as_slice).unwrap_or_default();
        let touch = |entry: &Entry| {
            let text = self.merging.theirs.texts(entry, dialect, self.tree)?.up;
            let file = path(&self.merging.theirs.lock, dialect, &up_file(entry.version, &entry.slug));
            Ok((file, touched(&text, dialect)))
        };
        theirs.iter().map(touch).collect()
    }

    fn contradiction(&self, mine: &Mine, clashes: &[Clash]) -> Failure {
        let dialect = mine.entries.keys().next().copied().unwrap_or(Dialect::Sqlite);
        let tables: BTreeSet<String> =
            clashes.iter().flat_map(|clash| &clash.table).map(|table| table.name.as_str().to_lowercase()).collect();
        let theirs = self.theirs_touch(dialect).unwrap_or_default();
        let of_these = theirs.iter().filter(|(_, touched)| !touched.is_disjoint(&tables));
        let mut files: Vec<String> = of_these.map(|(file, _)| self.shown(file)).collect();
        if files.is_empty() {
            files = theirs.iter().map(|(file, _)| self.shown(file)).collect();
        }
        refusal::contradiction(&self.shown(&self.file(mine)), &files, clashes, &self.way_out())
    }

    fn stopped(&self, mine: &Mine, mistakes: Vec<Diagnostic>) -> Failure {
        refusal::stopped(&self.shown(&self.file(mine)), mistakes, &self.way_out())
    }

    fn disproved(&self, what: &str, lines: Vec<String>) -> Failure {
        refusal::disproved(&self.shown(what), lines, &self.merging.mine.name)
    }

    /// The commands that give my revisions up and write one anew.
    fn way_out(&self) -> Vec<String> {
        let theirs = &self.merging.theirs_in_git;
        let mine = self.division.mine.iter().map(|mine| self.shown(&self.file(mine)).replace(".sql", "*"));
        vec![
            format!("git checkout {theirs} -- {}", self.shown(LOCK_FILE)),
            format!("rm {}", mine.collect::<Vec<_>>().join(" ")),
            "cargo enamel revision --autogenerate".to_owned(),
        ]
    }

    /// The file of a revision of mine, of the first database that it is written for.
    fn file(&self, mine: &Mine) -> String {
        self.file_of(mine, mine.version)
    }

    fn file_of(&self, mine: &Mine, version: Version) -> String {
        let dialect = mine.entries.keys().next().copied().unwrap_or(Dialect::Sqlite);
        path(&self.prospect.lock, dialect, &up_file(version, &mine.slug))
    }

    fn shown(&self, file: &str) -> String {
        format!("{}/{file}", self.tree.project.shown_folder())
    }

    fn head(&self) -> Version {
        let heads = self.prospect.lock.dialects.values().filter_map(|entries| entries.last());
        heads.map(|entry| entry.version).max().unwrap_or_default()
    }

    fn following(&self) -> Result<Version, Failure> {
        self.head().following().ok_or_else(|| Diagnostic::error("the numbers of revisions are used up").into())
    }
}

/// Runs the revisions up to a version in a throw-away database, where there is one.
fn replay<'s>(
    project: &'s Project,
    loaded: &Loaded,
    version: Version,
    schemas: Pair<&'s Schema>,
    scratch: Option<&'s Scratch>,
    shell: &mut Shell,
) -> Result<Option<Replay<'s>>, Failure> {
    let Some(scratch) = scratch else { return Ok(None) };
    let claim = Claim { models: schemas.next, sealed: schemas.previous, ignore: &project.settings.ignore };
    let replay = shell.timed("replay", || loaded.with(|migrations| Replay::new(migrations, version, claim, scratch)));
    replay.map(Some).map_err(proof::failure)
}

/// What former revisions made that models cannot say, as far as it is known.
fn unmodelled<'r>(replay: Option<&'r Replay<'_>>) -> &'r [Unmodelled] {
    replay.map(|replay| replay.found().unmodelled.as_slice()).unwrap_or_default()
}

/// What the file of a revision says of itself. That of any database will do: answers are the same in all.
fn header(texts: &BTreeMap<Dialect, Texts>) -> Header {
    let first = texts.values().next();
    first.and_then(|texts| Header::parse(&texts.up).ok()).unwrap_or_default()
}

/// My schemas: before my first revision, and after each, as far as git knows them.
///
/// A lock file seals the schema at its head, so those in between are in the lock files of former commits.
fn schemas(merging: &Merging, division: &Division, tree: &Tree<'_>) -> Result<Vec<Option<Schema>>, Failure> {
    let mut schemas = vec![None; division.mine.len()];
    schemas.push(Some(merging.mine.lock.schema.clone()));
    for lock in merging.mine.past(tree).chain(merging.theirs.past(tree)) {
        if schemas.iter().all(Option::is_some) {
            break;
        }
        let is_it = |place: usize| match place.checked_sub(1).and_then(|place| division.mine.get(place)) {
            Some(mine) => ends_with(&lock, mine),
            None => is_beginning(&lock, &merging.mine.lock, division.fork),
        };
        let open = schemas.iter_mut().enumerate().filter(|(_, schema)| schema.is_none());
        open.filter(|(place, _)| is_it(*place)).for_each(|(_, schema)| *schema = Some(lock.schema.clone()));
    }
    if let Some(first) = schemas.first_mut().filter(|first| first.is_none()) {
        *first = match &merging.base {
            Some(base) => Some(base.schema.clone()),
            None if division.fork == Version::BASE => Some(Schema::default()),
            None => return Err(refusal::forgotten(division.fork)),
        };
    }
    Ok(schemas)
}
