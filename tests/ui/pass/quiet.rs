//! What the derives write says nothing of its own, and reaches nothing.
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, single_use_lifetimes)]

use enamel_runtime::{Columns, Enum, Table};

mod private {
    use super::{Address, Role};

    #[derive(enamel_runtime::Table)]
    #[enamel(table = "type", rename_all = "camelCase")]
    pub(super) struct Type {
        #[enamel(primary_key, column = "type_id")]
        pub(super) r#type: Id,
        pub(super) r#match: Option<String>,
        pub(super) role: Role,
        #[enamel(flatten)]
        pub(super) address: Address,
    }

    #[derive(Clone, Copy)]
    pub(super) struct Id(pub(super) i64);
}

#[derive(Table)]
#[enamel(foreign_key(r#type, references = private::Type(r#type)))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = crate::private::Type::type_id)]
    r#type: private::Id,
    #[enamel(references = Self::id)]
    invited_by: Option<i64>,
    #[enamel(references = "anywhere(id)")]
    elsewhere: String,
    #[enamel(skip)]
    cache: std::cell::RefCell<Vec<u8>>,
}

#[derive(Columns)]
struct Address {
    #[enamel(references = User::id)]
    owner: i64,
}

#[derive(Enum, Clone, Copy)]
enum Role {
    Admin,
}

#[derive(Table)]
#[enamel(crate = "::enamel_runtime", schema = "shop")]
struct Order {
    id: i64,
}

fn main() {
    let id = private::Id(1);
    let address = Address { owner: id.0 };
    let row = private::Type { r#type: id, r#match: None, role: Role::Admin, address };
    let user = User {
        id: 1,
        r#type: row.r#type,
        invited_by: None,
        elsewhere: row.r#match.unwrap_or_default(),
        cache: std::cell::RefCell::new(vec![row.role as u8]),
    };
    assert_eq!(user.id + user.invited_by.unwrap_or(row.address.owner), 2);
    assert_eq!(user.elsewhere.len() + user.cache.take().len() + user.r#type.0 as usize, 2);
    assert_eq!(<private::Type as Table>::NAME, "type");
    assert_eq!([User::NAME, Order::NAME], ["users", "shop.orders"]);
    assert_eq!(Order { id: 3 }.id, 3);
}
