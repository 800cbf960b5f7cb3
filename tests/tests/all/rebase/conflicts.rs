//! What cannot be put together, and what was put together badly.

use super::shop::Shop;
use std::fs;

/// Both change the type of one column, each to another.
fn contradiction(name: &str) -> Shop {
    let shop = Shop::open(name);
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "pub born: Option<i32>", "pub born: Option<f64>");
            shop.revision("fractions", "");
        },
        |shop| {
            shop.edit("src/users.rs", "pub born: Option<i32>", "pub born: Option<String>");
            shop.revision("words", "");
        },
    );
    shop
}

#[test]
fn sources_come_first() {
    let shop = contradiction("sources");
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 1);
    assert!(said.text.contains("--> src/users.rs:12"), "{}", said.text);
    assert!(said.text.contains("hint: resolve the conflicts in the sources first"), "{}", said.text);
}

#[test]
fn a_contradiction_names_both_files_and_the_way_out() {
    let shop = contradiction("contradiction");
    shop.git("checkout --ours src/users.rs");
    let before = shop.status();
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 1);
    let both = "migrations/V0002__fractions.sql and migrations/V0002__words.sql contradict each other";
    assert!(said.text.contains(both), "{}", said.text);
    assert!(said.text.contains("theirs changed it too"), "{}", said.text);
    assert_eq!(shop.status(), before);

    assert!(said.text.contains("`git checkout MERGE_HEAD -- migrations/enamel.lock`"), "{}", said.text);
    assert!(said.text.contains("`rm migrations/V0002__fractions*`"), "{}", said.text);
    shop.git("checkout MERGE_HEAD -- migrations/enamel.lock");
    shop.git("rm --quiet migrations/V0002__fractions.sql migrations/V0002__fractions.down.sql");
    shop.enamel("revision -m numbers --autogenerate");
    shop.finish("merge --continue");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__words.sql", "V0003__numbers.sql"]);
}

#[test]
fn models_that_lost_something_in_the_merge_are_told() {
    let shop = Shop::open("lost");
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
            shop.revision("email", "");
        },
        |shop| {
            shop.add_model("visits", "pub struct Visit {\n    pub at: i64,\n}");
            shop.revision("visits", "");
        },
    );
    shop.git("checkout main -- src/users.rs");
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 3);
    assert!(said.text.contains("the models are not what the revisions of both branches make"), "{}", said.text);
    let difference =
        "users.email: the models say no such column, the revisions produce text (last in migrations/V0003__email.sql)";
    assert!(said.text.contains(difference), "{}", said.text);
    // The revisions are in their line all the same.
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__visits.sql", "V0003__email.sql"]);
    shop.edit("src/users.rs", "    // who", "    pub email: Option<String>,\n    // who");
    shop.finish("merge --continue");
}

/// A merge that somebody resolved by keeping the lock file of one side, and committed.
fn merged_badly(name: &str, kept: &str) -> Shop {
    let shop = Shop::open(name);
    shop.meet(
        |shop| {
            shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
            shop.revision("born", "--backfill users.born=0");
        },
        |shop| {
            shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String");
            shop.revision("note", "--backfill users.note=surname");
        },
    );
    match kept {
        "marks" => {}
        side => {
            shop.git(&format!("checkout --{side} migrations/enamel.lock"));
        }
    }
    shop
}

#[test]
fn a_bad_merge_is_made_good_before_and_after_its_commit() {
    for kept in ["ours", "theirs", "marks"] {
        for committed in [false, true] {
            let shop = merged_badly(&format!("bad-{kept}-{committed}"), kept);
            shop.git("add --all");
            if committed {
                shop.git("commit --quiet --message merged");
                let said = shop.try_enamel("rebase");
                assert_eq!(said.code, 1, "{}", said.text);
                assert!(said.text.contains("`cargo enamel rebase --onto main`"), "{}", said.text);
                shop.enamel("rebase --onto main");
            } else {
                shop.enamel("rebase");
            }
            assert_eq!(
                shop.revisions(),
                ["V0001__first.sql", "V0002__note.sql", "V0003__born.sql"],
                "{kept} {committed}"
            );
            shop.finish("commit --quiet --message merged");
        }
    }
}

#[test]
fn what_is_not_merged_cannot_come_first() {
    let shop = merged_badly("unmerged", "marks");
    shop.git("merge --abort");
    let said = shop.try_enamel("rebase --onto main");
    assert_eq!(said.code, 2);
    assert!(said.text.contains("main is not merged"), "{}", said.text);
    let said = shop.try_enamel("rebase --onto nowhere");
    assert_eq!(said.code, 2);
    assert!(said.text.contains("git knows no commit `nowhere`"), "{}", said.text);
}

#[test]
fn nothing_is_written_when_it_must_not_be() {
    let shop = merged_badly("locked", "marks");
    let before = shop.status();
    let said = shop.enamel("rebase --dry-run");
    assert!(said.contains("Would renew migrations/V0002__born.sql as V0003__born.sql"), "{said}");
    assert_eq!(shop.status(), before);
    let said = shop.try_enamel("rebase --locked");
    assert_eq!(said.code, 1);
    assert!(said.text.contains("--locked was given"), "{}", said.text);
    assert_eq!(shop.status(), before);
}

#[test]
fn without_git_it_says_so() {
    let shop = Shop::open("nogit");
    let git = std::env::temp_dir().join(format!("enamel-rebase-{}-git", std::process::id()));
    fs::rename(shop.path(".git"), &git).unwrap();
    let said = shop.try_enamel("rebase");
    fs::rename(git, shop.path(".git")).unwrap();
    assert_eq!(said.code, 1);
    assert!(said.text.contains("migrations is not in a git repository"), "{}", said.text);
}

#[test]
fn the_lock_file_of_mine_beside_a_file_of_theirs_of_the_same_name() {
    let shop = Shop::open("same");
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
    shop.git("checkout --ours migrations");
    shop.git("add --all");
    shop.enamel("rebase");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__more.sql", "V0003__more.sql"]);
    shop.finish("merge --continue");
}
