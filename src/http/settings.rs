//! Who we say we are, and how long and how much we wait for.

use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::address::Guard;

/// The section `http` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where a publisher reaches the operator: a mail address, sent in `User-Agent`.
    pub contact: String,
    /// A page about this installation, sent in `User-Agent`; left out when empty.
    pub info_url: String,
    /// Lets sources and redirects lead to addresses that are not public. For the demo, for tests,
    /// and for clients that only post to receivers which the operator named.
    pub allow_private_addresses: bool,
    /// Name look-up, TCP and TLS.
    pub connect_timeout_ms: u32,
    /// From the request to the header of the answer.
    pub first_byte_timeout_ms: u32,
    /// From the first look-up to the last byte, redirects included.
    pub total_timeout_ms: u32,
    /// The cap of a body, as transferred and again after decompression.
    pub max_body_bytes: u64,
}

/// Nobody's address (RFC 2606): a configuration that still has it is told so.
pub const PLACEHOLDER_CONTACT: &str = "unset@example.org";

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            contact: PLACEHOLDER_CONTACT.to_owned(),
            info_url: String::new(),
            allow_private_addresses: false,
            connect_timeout_ms: 10_000,
            first_byte_timeout_ms: 20_000,
            total_timeout_ms: 60_000,
            // The largest honest feed known is a whole archive of about 2 MB.
            max_body_bytes: 8 * 1024 * 1024,
        }
    }
}

impl Settings {
    /// Whether the contact is still nobody's.
    pub fn contact_is_placeholder(&self) -> bool {
        let contact = self.contact.trim();
        contact.is_empty() || contact.ends_with("@example.org") || contact.ends_with("@example.com")
    }

    /// Every value that cannot work, as `key: what is wrong and what to do`.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (key, value) in [("contact", &self.contact), ("info_url", &self.info_url)] {
            if !value.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
                problems.push(format!("{key}: `{}` is not plain ASCII", value.escape_debug()));
            }
        }
        for (key, value) in [
            ("connect_timeout_ms", u64::from(self.connect_timeout_ms)),
            ("first_byte_timeout_ms", u64::from(self.first_byte_timeout_ms)),
            ("total_timeout_ms", u64::from(self.total_timeout_ms)),
            ("max_body_bytes", self.max_body_bytes),
        ] {
            if value == 0 {
                problems.push(format!("{key}: 0 lets nothing through; leave the key out"));
            }
        }
        problems
    }

    /// `dealwatch/VERSION (+URL; contact: MAIL)`.
    pub fn user_agent(&self) -> String {
        let contact = self.contact.trim();
        let about = match self.info_url.trim() {
            "" => format!("contact: {contact}"),
            url => format!("+{url}; contact: {contact}"),
        };
        format!("{}/{} ({about})", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
    }

    /// Name and contact as the SEC asks for them; `None` while the contact is nobody's.
    pub(super) fn declaration(&self) -> Option<String> {
        let contact = self.contact.trim();
        let real = contact.contains('@') && !self.contact_is_placeholder();
        real.then(|| format!("{} {contact}", env!("CARGO_PKG_NAME")))
    }

    pub(super) fn guard(&self) -> Guard {
        Guard { allow_private: self.allow_private_addresses }
    }

    pub(super) fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms.into())
    }

    pub(super) fn first_byte_timeout(&self) -> Duration {
        Duration::from_millis(self.first_byte_timeout_ms.into())
    }

    pub(super) fn total_timeout(&self) -> Duration {
        Duration::from_millis(self.total_timeout_ms.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_program_version_page_and_contact() {
        let mut settings = Settings { contact: "ops@deals.test".to_owned(), ..Settings::default() };
        settings.info_url = "https://deals.test/bot".to_owned();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            settings.user_agent(),
            format!("dealwatch/{version} (+https://deals.test/bot; contact: ops@deals.test)")
        );
        settings.info_url.clear();
        assert_eq!(settings.user_agent(), format!("dealwatch/{version} (contact: ops@deals.test)"));
        assert!(!settings.contact_is_placeholder());
        assert!(Settings::default().contact_is_placeholder());
    }

    #[test]
    fn all_problems_are_named_at_once() {
        let settings = Settings {
            contact: "编辑@deals.test".to_owned(),
            total_timeout_ms: 0,
            ..Settings::default()
        };
        assert_eq!(
            settings.problems(),
            [
                "contact: `编辑@deals.test` is not plain ASCII",
                "total_timeout_ms: 0 lets nothing through; leave the key out"
            ]
        );
        assert_eq!(Settings::default().problems(), Vec::<String>::new());
    }
}
