//! Revisions that were written by hand, or edited.

use super::shop::Shop;

/// Mine writes a revision by hand; theirs rebuilds `users`.
fn hand_written(name: &str, sql: &str) -> Shop {
    let shop = Shop::open(name);
    shop.branch("mine", "main");
    shop.enamel("revision -m hand");
    let up = shop.read("migrations/V0002__hand.sql");
    shop.write("migrations/V0002__hand.sql", &format!("{up}{sql}\n"));
    shop.enamel("seal");
    shop.commit("hand");
    shop.git("checkout --quiet main");
    shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String");
    shop.revision("note", "--backfill users.note=surname");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    shop
}

#[test]
fn a_text_that_defines_nothing_of_theirs_is_renumbered() {
    let shop = hand_written("renumbered", "UPDATE users SET surname = trim(surname);");
    let said = shop.enamel("rebase");
    assert!(said.contains("Renumbered migrations/V0002__hand.sql as V0003__hand.sql"), "{said}");
    shop.finish("merge --continue");
    assert!(shop.read("migrations/V0003__hand.sql").ends_with("UPDATE users SET surname = trim(surname);\n"));
    assert_eq!(shop.read("migrations/V0003__hand.down.sql"), shop.git("show mine~1:migrations/V0002__hand.down.sql"));
}

#[test]
fn a_text_that_makes_anew_what_theirs_touched_is_refused() {
    let anew = "CREATE TABLE \"next\" (\"id\" INTEGER NOT NULL PRIMARY KEY, \"surname\" TEXT NOT NULL, \"born\" INTEGER, \"note\" TEXT);
INSERT INTO \"next\" SELECT id, surname, born, note FROM users;
DROP TABLE users;
ALTER TABLE \"next\" RENAME TO \"users\";";
    let shop = hand_written("refused", anew);
    let before = shop.status();
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 1);
    let both = "migrations/V0002__hand.sql makes anew what migrations/V0002__note.sql touched: users";
    assert!(said.text.contains(both), "{}", said.text);
    assert_eq!(shop.status(), before);

    // The way out that it tells.
    shop.git("checkout MERGE_HEAD -- migrations/enamel.lock");
    let up = shop.read("migrations/V0002__hand.sql");
    shop.write("migrations/V0003__hand.sql", &up.replace("\"note\" TEXT)", "\"note\" TEXT NOT NULL)"));
    shop.git("mv migrations/V0002__hand.down.sql migrations/V0003__hand.down.sql");
    shop.git("rm --quiet migrations/V0002__hand.sql");
    shop.enamel("seal");
    shop.finish("merge --continue");
}

#[test]
fn a_generated_text_that_was_edited_moves_with_its_change() {
    let shop = Shop::open("edited");
    shop.branch("mine", "main");
    shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
    shop.enamel("revision -m email --autogenerate");
    let up = shop.read("migrations/V0002__email.sql");
    shop.write("migrations/V0002__email.sql", &format!("{up}\nUPDATE users SET email = surname || '@example.org';\n"));
    shop.enamel("seal");
    shop.commit("email");
    shop.git("checkout --quiet main");
    shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String");
    shop.revision("note", "--backfill users.note=surname");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    // It only adds to the table that theirs made anew.
    assert!(shop.enamel("rebase").contains("Renumbered migrations/V0002__email.sql as V0003__email.sql"));
    shop.finish("merge --continue");
    assert_eq!(shop.columns("users"), ["id", "surname", "born", "note", "email"]);
}

#[test]
fn an_edit_that_git_does_not_have_is_not_lost() {
    let shop = hand_written("kept", "UPDATE users SET surname = trim(surname);");
    let up = shop.read("migrations/V0002__hand.sql");
    shop.write("migrations/V0002__hand.sql", &format!("{up}UPDATE users SET surname = lower(surname);\n"));
    let before = shop.status();
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("migrations/V0002__hand.sql was edited, and the edit is not committed"),
        "{}",
        said.text
    );
    assert_eq!(shop.status(), before);
}
