//! `git merge`.

use super::shop::Shop;

/// Mine adds a table of its own, theirs another one.
fn two_adds(name: &str) -> Shop {
    let shop = Shop::open(name);
    add(&shop);
    shop
}

fn add(shop: &Shop) {
    shop.part(
        |shop| {
            shop.add_model("posts", "pub struct Post {\n    pub title: String,\n}");
            shop.revision("posts", "");
        },
        |shop| {
            shop.add_model("visits", "pub struct Visit {\n    pub at: i64,\n}");
            shop.revision("visits", "");
        },
    );
}

#[test]
fn two_revisions_come_into_one_line() {
    let shop = two_adds("line");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    let said = shop.enamel("rebase");
    assert!(said.contains("Rebasing the revisions of mine behind those of main"), "{said}");
    assert!(said.contains("Renewed migrations/V0002__posts.sql as V0003__posts.sql"), "{said}");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__visits.sql", "V0003__posts.sql"]);
    shop.finish("merge --continue");
    assert_eq!(shop.columns("posts"), ["title"]);

    // Once is enough.
    assert!(shop.enamel("rebase").contains("Fresh"));
    assert_eq!(shop.status(), "");
}

#[test]
fn a_feature_that_comes_home_is_behind_the_main_branch() {
    let shop = two_adds("home");
    shop.conflict("merge mine");
    let said = shop.enamel("rebase");
    assert!(said.contains("Rebasing the revisions of mine behind those of main"), "{said}");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__visits.sql", "V0003__posts.sql"]);
    shop.finish("merge --continue");
}

#[test]
fn the_main_branch_comes_behind_its_own_upstream() {
    let shop = two_adds("pull");
    shop.git("branch --quiet upstream mine");
    shop.git("branch --quiet --set-upstream-to=upstream main");
    shop.conflict("merge upstream");
    shop.enamel("rebase");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__posts.sql", "V0003__visits.sql"]);
    shop.finish("merge --continue");
}

#[test]
fn a_person_knows_better_which_comes_first() {
    let shop = two_adds("onto");
    shop.conflict("merge mine");
    let refused = shop.try_enamel("rebase --onto main~1");
    assert_eq!(refused.code, 2);
    assert!(refused.text.contains("`--onto` names neither side of the merge"), "{}", refused.text);
    shop.enamel("rebase --onto mine");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__posts.sql", "V0003__visits.sql"]);
    shop.finish("merge --continue");
}

#[test]
fn two_rebuilds_of_one_table_keep_what_both_made() {
    let shop = Shop::open("rebuilds");
    shop.part(
        |shop| {
            shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
            shop.revision("born", "--backfill users.born=1970");
        },
        |shop| {
            shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String,\n    pub email: Option<String>");
            shop.revision("note", "--backfill users.note=surname");
            shop.enamel("upgrade -D sqlite:theirs.db");
        },
    );
    let theirs = shop.open_database("theirs.db");
    theirs.execute_batch("INSERT INTO users VALUES (1, 'Ada', NULL, 'first', 'ada@example.org')").unwrap();

    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    shop.enamel("rebase");
    shop.finish("merge --continue");
    // The column that theirs added has no place in the table as my branch rebuilt it.
    assert!(!shop.git("show mine~1:migrations/V0002__born.sql").contains("email"));
    shop.enamel("upgrade -D sqlite:theirs.db");
    let row = theirs.query_row("SELECT surname || born || note || email FROM users", [], |row| row.get::<_, String>(0));
    assert_eq!(row.unwrap(), "Ada1970firstada@example.org");
}

#[test]
fn what_both_made_is_made_once() {
    let shop = Shop::open("once");
    for (branch, message) in [("mine", "email"), ("main", "e_mail")] {
        shop.git(&format!("checkout --quiet -B {branch} {}", if branch == "mine" { "main" } else { branch }));
        shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
        shop.revision(message, "");
    }
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    let said = shop.enamel("rebase");
    assert!(said.contains("Dropped migrations/V0002__email.sql: theirs makes the same change"), "{said}");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__e_mail.sql"]);
    shop.finish("merge --continue");
}

#[test]
fn of_a_revision_only_what_theirs_has_not_made_is_left() {
    let shop = Shop::open("part");
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
            shop.edit("src/users.rs", "    // since when", "    pub phone: Option<String>,\n    // since when");
            shop.revision("reach", "");
        },
        |shop| {
            shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
            shop.revision("email", "");
        },
    );
    let said = shop.enamel("rebase");
    assert!(said.contains("without: add column users.email text, which theirs makes"), "{said}");
    let sql = shop.read("migrations/V0003__reach.sql");
    assert!(sql.contains("phone") && !sql.contains("email"), "{sql}");
    shop.finish("merge --continue");
}

#[test]
fn one_name_on_both_sides() {
    let shop = Shop::open("name");
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
            shop.revision("more", "");
        },
        |shop| {
            shop.edit("src/users.rs", "    // the end", "    pub phone: Option<String>,\n    // the end");
            shop.revision("more", "");
        },
    );
    assert!(shop.read("migrations/V0002__more.sql").contains("<<<<<<<"));
    shop.enamel("rebase");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__more.sql", "V0003__more.sql"]);
    assert!(shop.read("migrations/V0002__more.sql").contains("phone"));
    assert!(shop.read("migrations/V0003__more.sql").contains("email"));
    shop.finish("merge --continue");
}

#[test]
fn a_folder_for_each_database() {
    let shop = Shop::with_settings("folders", "dialects = [\"sqlite\"]\n");
    add(&shop);
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    let said = shop.enamel("rebase");
    assert!(said.contains("Renewed migrations/sqlite/V0002__posts.sql as sqlite/V0003__posts.sql"), "{said}");
    assert_eq!(shop.revisions_in("migrations/sqlite"), ["V0001__first.sql", "V0002__visits.sql", "V0003__posts.sql"]);
    shop.finish("merge --continue");
}

#[test]
fn renames_of_either_side() {
    let shop = Shop::open("renames");
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "pub surname", "pub last_name");
            shop.revision("last_name", "--rename users.surname=last_name");
            shop.edit("src/users.rs", "pub struct User {", "#[enamel(index(note))]\npub struct User {");
            shop.revision("index", "");
        },
        |shop| {
            shop.edit("src/users.rs", "pub note", "pub remark");
            shop.revision("remark", "--rename users.note=remark");
        },
    );
    // The index is over a column that has another name now; git merges the lines without noticing.
    shop.edit("src/users.rs", "index(note)", "index(remark)");
    shop.enamel("rebase");
    shop.finish("merge --continue");
    assert_eq!(shop.columns("users"), ["id", "last_name", "born", "remark"]);
    assert!(shop.read("migrations/V0003__last_name.sql").contains("-- enamel: rename users.surname=last_name"));
    assert!(shop.read("migrations/V0004__index.sql").contains("(\"remark\")"));
}

#[test]
fn several_of_mine_each_in_a_commit() {
    several("commits", true);
}

#[test]
fn several_of_mine_in_one_commit() {
    several("squashed", false);
}

fn several(name: &str, committed: bool) {
    let shop = Shop::open(name);
    shop.branch("mine", "main");
    for (message, previous, next) in [
        ("email", "    // who", "    pub email: String,\n    // who"),
        ("born", "born: Option<i32>", "born: i32"),
        ("phone", "    // who", "    pub phone: Option<String>,\n    // who"),
    ] {
        shop.edit("src/users.rs", previous, next);
        let answer = match message {
            "email" => "--backfill users.email=surname",
            "born" => "--backfill users.born=0",
            _ => "",
        };
        shop.enamel(&format!("revision -m {message} --autogenerate {answer}"));
        if committed {
            shop.commit(message);
        }
    }
    if !committed {
        shop.commit("all");
    }
    shop.git("checkout --quiet main");
    shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String,\n    pub kind: Option<String>");
    shop.revision("note", "--backfill users.note=surname");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    let said = shop.enamel("rebase");
    assert_eq!(said.matches("Renewed").count(), 3, "{said}");
    shop.finish("merge --continue");
    assert_eq!(
        shop.revisions(),
        ["V0001__first.sql", "V0002__note.sql", "V0003__email.sql", "V0004__born.sql", "V0005__phone.sql"]
    );
    assert!(shop.read("migrations/V0004__born.sql").contains("\"kind\" TEXT"));
}

#[test]
fn a_trigger_of_theirs_stays_on_a_table_that_mine_makes_anew() {
    let shop = Shop::open("trigger");
    shop.part(
        |shop| {
            shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
            shop.revision("born", "--backfill users.born=0");
        },
        |shop| {
            shop.enamel("revision -m trigger");
        },
    );
    let trigger =
        "CREATE TRIGGER \"trims\" AFTER INSERT ON users BEGIN UPDATE users SET surname = trim(surname); END;\n";
    let up = shop.read("migrations/V0002__trigger.sql");
    shop.write("migrations/V0002__trigger.sql", &format!("{up}{trigger}"));
    let down = shop.read("migrations/V0002__trigger.down.sql");
    shop.write("migrations/V0002__trigger.down.sql", &format!("{down}DROP TRIGGER \"trims\";\n"));
    shop.enamel("seal");
    shop.commit("trigger");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    shop.enamel("rebase");
    shop.finish("merge --continue");
    assert!(shop.read("migrations/V0003__born.sql").contains("CREATE TRIGGER \"trims\""));
}

#[test]
fn a_sealed_schema_that_no_database_notices_is_merged() {
    let shop = Shop::open("unnoticed");
    shop.branch("mine", "main");
    shop.edit("src/users.rs", "    pub surname: String,", "    #[enamel(max_length = 99)]\n    pub surname: String,");
    let said = shop.enamel("revision --autogenerate");
    assert!(said.contains("makes no difference to the database"), "{said}");
    shop.commit("length");
    shop.git("checkout --quiet main");
    // Beside the line of the lock file that mine changed.
    shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
    shop.revision("born", "--backfill users.born=0");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    let said = shop.enamel("rebase");
    assert!(said.contains("no revision of yours is new"), "{said}");
    shop.finish("merge --continue");
    assert!(shop.read("migrations/enamel.lock").contains("column users.surname text(99)"));
}
