//! How safe the way to a server has to be: `sslmode`, as libpq has it.

use super::address::Unusable;
use super::url::Parameters;

/// What `sslmode` asks for (<https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// No TLS.
    Disable,
    /// TLS where the server has it, whoever it is.
    Prefer,
    /// TLS, whoever the server is.
    Require,
    /// TLS with the server of that name.
    VerifyFull,
}

impl Mode {
    /// Reads it. Without it, TLS is preferred.
    pub(super) fn of(parameters: &Parameters) -> Result<Self, Unusable> {
        let mode = match parameters.sslmode() {
            Some("disable") => Mode::Disable,
            None | Some("allow" | "prefer") => Mode::Prefer,
            Some("require") if parameters.authorities().is_none() => Mode::Require,
            Some("require") => {
                return Err((
                    "`sslmode=require` with `sslrootcert` would not look at the server's name".to_owned(),
                    "say `sslmode=verify-full`, or leave `sslrootcert` out",
                ));
            }
            Some("verify-full") => Mode::VerifyFull,
            Some("verify-ca") => {
                return Err((
                    "`sslmode=verify-ca` is not supported: it does not look at the server's name".to_owned(),
                    "say `sslmode=verify-full`, and name the server as its certificate does",
                ));
            }
            Some(other) => {
                return Err((
                    format!("there is no `sslmode={other}`"),
                    "it is `disable`, `prefer`, `require` or `verify-full`",
                ));
            }
        };
        match mode {
            Mode::Require | Mode::VerifyFull if !cfg!(feature = "tls") => Err((
                "this program was built without TLS".to_owned(),
                "turn on the feature `tls` of enamel-runtime; or say `sslmode=disable`, where the way to the server is safe",
            )),
            Mode::Disable | Mode::Prefer | Mode::Require | Mode::VerifyFull => Ok(mode),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> Result<Mode, String> {
        Mode::of(&Parameters::of(url)).map_err(|(why, _)| why)
    }

    #[test]
    fn the_modes_are_those_of_libpq() {
        assert_eq!(mode("postgres://h/d"), Ok(Mode::Prefer));
        assert_eq!(mode("postgres://h/d?sslmode=disable"), Ok(Mode::Disable));
        assert!(mode("postgres://h/d?sslmode=verify-ca").unwrap_err().contains("does not look at the server's name"));
        assert!(mode("postgres://h/d?sslmode=require&sslrootcert=ca.pem").is_err());
        assert_eq!(mode("postgres://h/d?sslmode=on"), Err("there is no `sslmode=on`".to_owned()));
        if cfg!(feature = "tls") {
            assert_eq!(mode("postgres://h/d?sslmode=require"), Ok(Mode::Require));
            assert_eq!(mode("postgres://h/d?sslmode=verify-full&sslrootcert=ca.pem"), Ok(Mode::VerifyFull));
            assert_eq!(mode("postgres://h/d?sslmode=require&sslrootcert=system"), Ok(Mode::Require));
        } else {
            assert_eq!(mode("postgres://h/d?sslmode=require"), Err("this program was built without TLS".to_owned()));
        }
    }
}
