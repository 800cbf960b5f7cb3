//! `git rebase`, `git cherry-pick`, `git stash`: my commits are put on something else.

use super::shop::Shop;

/// Mine has two revisions, each in a commit; theirs one that rebuilds the same table.
fn two_of_mine(name: &str) -> Shop {
    let shop = Shop::open(name);
    shop.part(
        |shop| {
            shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
            shop.revision("born", "--backfill users.born=0");
            shop.add_model("posts", "pub struct Post {\n    pub title: String,\n}");
            shop.revision("posts", "");
        },
        |shop| {
            shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String");
            shop.revision("note", "--backfill users.note=surname");
        },
    );
    shop
}

#[test]
fn each_commit_of_a_rebase_is_put_behind_the_one_before() {
    let shop = two_of_mine("steps");
    shop.git("checkout --quiet mine");
    shop.conflict("rebase main");
    let said = shop.enamel("rebase");
    assert!(said.contains("Rebasing the revisions of mine behind those of main"), "{said}");
    assert!(said.contains("`git rebase --continue`"), "{said}");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__note.sql", "V0003__born.sql"]);
    shop.git("add --all");
    shop.conflict("rebase --continue");
    shop.enamel("rebase");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__note.sql", "V0003__born.sql", "V0004__posts.sql"]);
    shop.finish("rebase --continue");
    shop.git("checkout --quiet mine~1");
    shop.enamel("check");
}

#[test]
fn a_revision_that_was_filled_in_by_a_later_commit() {
    let shop = Shop::open("later");
    shop.branch("mine", "main");
    shop.enamel("revision -m trim");
    shop.commit("blank");
    let sql = shop.read("migrations/V0002__trim.sql");
    shop.write("migrations/V0002__trim.sql", &format!("{sql}UPDATE users SET surname = trim(surname);\n"));
    shop.enamel("seal");
    shop.commit("filled");
    shop.git("checkout --quiet main");
    shop.add_model("visits", "pub struct Visit {\n    pub at: i64,\n}");
    shop.revision("visits", "");
    shop.git("checkout --quiet mine");
    shop.conflict("rebase main");
    shop.enamel("rebase");
    shop.git("add --all");
    shop.conflict("rebase --continue");
    let said = shop.enamel("rebase");
    assert!(said.contains("Mended migrations/V0003__trim.sql"), "{said}");
    shop.finish("rebase --continue");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__visits.sql", "V0003__trim.sql"]);
    assert!(shop.read("migrations/V0003__trim.sql").contains("UPDATE users"));
}

#[test]
fn a_commit_that_is_picked_leaves_the_others_where_they_are() {
    let shop = two_of_mine("picked");
    shop.conflict("cherry-pick mine");
    let said = shop.enamel("rebase");
    assert!(said.contains("`git cherry-pick --continue`"), "{said}");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__note.sql", "V0003__posts.sql"]);
    shop.finish("cherry-pick --continue");
}

#[test]
fn what_was_stashed() {
    let shop = Shop::open("stash");
    shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
    shop.enamel("revision -m born --autogenerate --backfill users.born=0");
    shop.git("stash --quiet --include-untracked");
    shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String");
    shop.revision("note", "--backfill users.note=surname");
    shop.conflict("stash pop");
    shop.enamel("rebase");
    shop.finish("commit --quiet --message born");
    assert_eq!(shop.revisions(), ["V0001__first.sql", "V0002__note.sql", "V0003__born.sql"]);
}

#[test]
fn a_revision_is_not_taken_back_by_git() {
    let shop = Shop::open("revert");
    shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
    shop.revision("born", "--backfill users.born=0");
    shop.add_model("visits", "pub struct Visit {\n    pub at: i64,\n}");
    shop.revision("visits", "");
    shop.conflict("revert --no-edit HEAD~1");
    let said = shop.try_enamel("rebase");
    assert_eq!(said.code, 1);
    assert!(said.text.contains("a revision cannot be taken back with `git revert`"), "{}", said.text);
}

#[test]
fn what_was_said_of_the_values_of_an_enum_is_said_again() {
    let shop = Shop::open("values");
    let roles = "pub struct Role {\n    pub kind: Kind,\n}\n\n#[derive(enamel_runtime::Enum)]\npub enum Kind {\n    Admin,\n    Guest,\n}";
    shop.add_model("roles", roles);
    shop.revision("roles", "");
    shop.meet(
        |shop| {
            shop.edit("src/roles.rs", "Guest", "Visitor");
            let refused = shop.try_enamel("revision --autogenerate -m visitors");
            assert!(refused.text.contains("`--drop \"value kind.Guest\"`"), "{}", refused.text);
            shop.revision("visitors", "--drop 'value kind.Guest'");
        },
        |shop| {
            shop.add_model("visits", "pub struct Visit {\n    pub at: i64,\n}");
            shop.revision("visits", "");
        },
    );
    shop.enamel("rebase");
    shop.finish("merge --continue");
    let text = shop.read("migrations/V0004__visitors.sql");
    assert!(text.contains("-- enamel: drop value kind.Guest\n"), "{text}");
    assert!(
        text.contains("-- enamel: must be empty: rows of roles whose kind is none of 'Admin', 'Visitor'\n"),
        "{text}"
    );
}
