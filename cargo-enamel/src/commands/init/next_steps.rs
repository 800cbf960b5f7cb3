//! What the user writes by hand: a dependency and two lines.

use crate::project::Project;
use crate::shell::Shell;
use enamel_schema::Dialect;
use std::io;

/// Shows what is still to be added to the program.
pub(super) fn say(project: &Project, shell: &mut Shell) -> io::Result<()> {
    if !project.package.depends_on_runtime {
        let version = env!("CARGO_PKG_VERSION");
        shell.lines(&format!(
            "\nAdd to [dependencies] in Cargo.toml:\n\n    \
             enamel-runtime = {{ version = \"{version}\", features = [{}] }}\n",
            features(&project.settings.dialects).join(", ")
        ))?;
    }
    let folder = match project.settings.migrations.as_str() {
        "migrations" => String::new(),
        other => format!("\"{other}\""),
    };
    shell.lines(&format!(
        "\nAdd to the program:\n\n    \
         static MIGRATIONS: enamel_runtime::Migrations = enamel_runtime::embed!({folder});\n    \
         MIGRATIONS.upgrade(&mut connection)?;        // where it opens its database\n\n\
         Then derive `enamel_runtime::Table` on a struct, and: cargo enamel revision -m \"first\" --autogenerate\n"
    ))
}

/// The drivers that programs are likely to want.
fn features(dialects: &[Dialect]) -> Vec<&'static str> {
    let feature = |dialect: &Dialect| match dialect {
        Dialect::Sqlite => Some("\"rusqlite-bundled\""),
        Dialect::Postgres => Some("\"postgres\""),
        Dialect::Mysql | Dialect::Mariadb => None,
    };
    dialects.iter().filter_map(feature).collect()
}
