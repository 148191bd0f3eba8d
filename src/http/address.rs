//! The address guard: which addresses may be asked.
//!
//! Names are checked as they are resolved for the connection itself, so a name that changes its
//! address between a check and the connection gains nothing. Literal addresses in URLs never
//! reach a resolver and are checked on every hop.

use std::io;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

use reqwest::dns::Addrs;
use reqwest::dns::Name;
use reqwest::dns::Resolve;
use reqwest::dns::Resolving;
use url::Url;

use super::HttpError;
use super::error::shown;
use super::literal;

/// Decides, as a value; also the resolver of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// Lets every address pass: for the demo, tests, and an operator's own network.
    pub allow_private: bool,
}

impl Guard {
    /// Refuses other schemes than http and https, and literal addresses that are not public.
    pub fn check(self, url: &Url) -> Result<(), HttpError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(HttpError::Scheme { url: shown(url) });
        }
        match literal(url) {
            Some(address) if !self.allows(address) => Err(HttpError::PrivateAddress {
                host: url.host_str().unwrap_or_default().to_owned(),
                address,
            }),
            _ => Ok(()),
        }
    }

    /// Of the addresses a name has right now, those that may be connected to.
    pub(super) fn pass(
        self,
        host: &str,
        found: Vec<SocketAddr>,
    ) -> Result<Vec<SocketAddr>, ResolveError> {
        let refused = found.iter().map(SocketAddr::ip).find(|ip| !self.allows(*ip));
        let allowed: Vec<_> = found.into_iter().filter(|at| self.allows(at.ip())).collect();
        match (allowed.is_empty(), refused) {
            (false, _) => Ok(allowed),
            (true, Some(address)) => Err(ResolveError::Private { host: host.to_owned(), address }),
            (true, None) => Err(ResolveError::unknown(host, &io::ErrorKind::NotFound.into())),
        }
    }

    /// Whether a connection to this address may be made.
    pub fn allows(self, address: IpAddr) -> bool {
        self.allow_private || is_public(address)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = *self;
        Box::pin(async move {
            let host = name.as_str();
            let found = tokio::net::lookup_host((host, 0)).await;
            let found: Vec<SocketAddr> = match found {
                Ok(found) => found.collect(),
                Err(source) => return Err(ResolveError::unknown(host, &source).into()),
            };
            Ok(Box::new(guard.pass(host, found)?.into_iter()) as Addrs)
        })
    }
}

/// Why a name gives no address to connect to.
#[derive(Debug, thiserror::Error)]
pub(super) enum ResolveError {
    #[error("`{host}` has no address: {message}")]
    Unknown { host: String, kind: io::ErrorKind, message: String },
    #[error("`{host}` is at {address}, which is not public")]
    Private { host: String, address: IpAddr },
}

impl ResolveError {
    fn unknown(host: &str, source: &io::Error) -> ResolveError {
        ResolveError::Unknown {
            host: host.to_owned(),
            kind: source.kind(),
            message: source.to_string(),
        }
    }

    /// The same, as the client's error.
    pub(super) fn to_http(&self) -> HttpError {
        match self {
            Self::Unknown { host, kind, message } => HttpError::Dns {
                host: host.clone(),
                source: io::Error::new(*kind, message.clone()),
            },
            Self::Private { host, address } => {
                HttpError::PrivateAddress { host: host.clone(), address: *address }
            }
        }
    }
}

/// Whether the address belongs to the public internet, by IANA's special-purpose registries.
///
/// Link-local covers the metadata services of clouds (169.254.169.254, `fe80::`); `fd00:ec2::254`
/// is unique-local. Addresses that carry an IPv4 address inside count as that address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => embedded(v6).map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation()
        || a == 0
        // Shared address space of carriers, RFC 6598.
        || (a == 100 && (64..128).contains(&b))
        // Protocol assignments and the 6to4 relay.
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        // Benchmarks, RFC 2544.
        || (a == 198 && (b == 18 || b == 19))
        // Reserved, and broadcast.
        || a >= 240;
    !special
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [first, second, ..] = v6.segments();
    // Only 2000::/3 is global unicast; documentation (RFC 3849, 9637), benchmarks and ORCHID are
    // inside it.
    let global = first & 0xe000 == 0x2000;
    let special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x3fff;
    global && !special
}

/// The IPv4 address inside a mapped, compatible, NAT64, 6to4 or Teredo address.
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match v6.segments() {
        // `::` and `::1` also match, and read as 0.0.0.0 and 0.0.0.1, which are not public.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            of(high, low)
        }
        [0x2002, high, low, ..] => of(high, low),
        [0x2001, 0, _, _, _, _, high, low] => of(!high, !low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, public: bool) {
        assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
    }

    #[test]
    fn public_addresses_pass() {
        for address in ["1.1.1.1", "93.184.216.34", "100.63.0.1", "100.128.0.1", "172.32.0.1"] {
            check(address, true);
        }
        for address in ["2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"] {
            check(address, true);
        }
    }

    #[test]
    fn addresses_of_this_machine_and_its_networks_do_not() {
        for address in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.192",
            "198.18.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn the_same_holds_in_ipv6_and_for_addresses_wrapped_in_it() {
        for address in [
            "::",
            "::1",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:0:1234::f5ff:fffe",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn a_literal_address_in_a_url_is_seen_in_every_spelling() {
        let guard = Guard { allow_private: false };
        for url in ["http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]:8080/x"]
        {
            let error = guard.check(&url.parse().unwrap()).unwrap_err();
            assert!(matches!(error, HttpError::PrivateAddress { .. }), "{url}: {error}");
        }
        assert!(matches!(
            guard.check(&"file:///etc/passwd".parse().unwrap()),
            Err(HttpError::Scheme { .. })
        ));
    }
}
