//! A database that has mine before theirs.

use super::shop::Shop;

/// A database at my revision, with rows; then theirs is merged in.
fn ahead(name: &str) -> Shop {
    let shop = Shop::open(name);
    shop.branch("mine", "main");
    shop.edit("src/users.rs", "born: Option<i32>", "born: i32");
    shop.revision("born", "--backfill users.born=1970");
    shop.add_model("posts", "pub struct Post {\n    pub title: String,\n}");
    shop.revision("posts", "");
    shop.enamel("upgrade -D sqlite:shop.db");
    let connection = shop.open_database("shop.db");
    connection.execute_batch("INSERT INTO users VALUES (1, 'Ada', 1815, NULL), (2, 'Bob', 1970, 'x')").unwrap();
    shop.git("checkout --quiet main");
    shop.edit("src/users.rs", "pub note: Option<String>", "pub note: String,\n    pub email: Option<String>");
    shop.revision("note", "--backfill users.note=surname");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    shop
}

fn rows(shop: &Shop) -> Vec<String> {
    let connection = shop.open_database("shop.db");
    let sql = "SELECT surname || ' ' || born || ' ' || note || ' ' || (email IS NULL) FROM users ORDER BY id";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn it_is_repaired_with_its_rows() {
    let shop = ahead("repaired");
    let said = shop.enamel("rebase --database -D sqlite:shop.db");
    let steps =
        ["Reverted 0003 posts", "Reverted 0002 born", "Applied 0002 note", "Applied 0003 born", "Applied 0004 posts"];
    let places: Vec<_> = steps.iter().map(|step| said.find(step).unwrap_or_else(|| panic!("{step}: {said}"))).collect();
    assert!(places.is_sorted(), "{said}");
    assert_eq!(rows(&shop), ["Ada 1815 Ada 1", "Bob 1970 x 1"]);
    shop.finish("merge --continue");
    shop.enamel("check --database -D sqlite:shop.db");

    let said = shop.enamel("rebase --database -D sqlite:shop.db");
    assert!(said.contains("has none of yours before theirs"), "{said}");
}

#[test]
fn the_commands_that_repair_it_are_told() {
    let shop = ahead("told");
    shop.write(".env", "DATABASE_URL=sqlite:shop.db\n");
    let said = shop.enamel("rebase");
    assert!(said.contains("`cargo enamel downgrade 0001`, then `cargo enamel upgrade`"), "{said}");
    shop.enamel("downgrade 0001");
    shop.enamel("upgrade");
    assert_eq!(rows(&shop), ["Ada 1815 Ada 1", "Bob 1970 x 1"]);
}

#[test]
fn it_can_be_repaired_later() {
    let shop = ahead("later");
    shop.enamel("rebase");
    shop.finish("merge --continue");
    let said = shop.enamel("rebase --database -D sqlite:shop.db");
    assert!(said.contains("Fresh the revisions are in one line"), "{said}");
    assert_eq!(rows(&shop), ["Ada 1815 Ada 1", "Bob 1970 x 1"]);
}

#[test]
fn one_that_is_missing_or_right_is_left_alone() {
    let shop = ahead("right");
    shop.git("merge --abort");
    shop.git("checkout --quiet main");
    shop.enamel("upgrade -D sqlite:right.db");
    shop.git("checkout --quiet mine");
    shop.conflict("merge main");
    for name in ["right", "missing"] {
        let said = shop.enamel(&format!("rebase -D sqlite:{name}.db"));
        assert!(!said.contains("before theirs"), "{said}");
    }
}
