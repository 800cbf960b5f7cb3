use enamel_runtime::{Enum, Table};

#[derive(Table)]
struct Order {
    #[enamel(primary_key)]
    id: i64,
    state: State,
    step: Option<Step>,
}

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum State {
    Draft,
    Sent,
    Returned,
    Paid,
}

#[derive(Enum)]
#[repr(i32)]
enum Step {
    Back = -1,
    Stay = 0,
    On = 1,
}
