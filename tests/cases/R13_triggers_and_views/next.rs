use enamel_runtime::Table;

#[derive(Table)]
struct Account {
    #[enamel(primary_key)]
    id: i64,
    owner: String,
    balance: i64,
    #[enamel(renamed_from = "changes")]
    revision: i32,
}

#[derive(Table)]
struct Entry {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Account::id, on_delete = cascade)]
    account_id: i64,
    amount: i64,
}
