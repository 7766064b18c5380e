//! How often one may ask, and how long the endpoint waits.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Request, Response};
use axum::response::IntoResponse as _;
use tongxing_sync::wire::Code;
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use crate::refused::Refused;

/// How many seconds' worth of requests may be made at once.
const BURST_S: u32 = 10;
/// How many times one device's allowance one address has.
const DEVICES_AT_ADDRESS: u32 = 5;
/// How often what is known of those who have been quiet is forgotten.
const FORGETTING: Duration = Duration::from_secs(60);
const NANOS: u64 = 1_000_000_000;

/// Whose requests are counted together by address.
#[derive(Clone, Copy, Debug)]
struct ByAddress {
    behind_proxy: bool,
}

impl KeyExtractor for ByAddress {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        // Without a connection there is a test, or a caller within this process.
        let peer = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip());
        let told = self
            .behind_proxy
            .then(|| told_by_proxy(request.headers()))
            .flatten();
        Ok(network(told.unwrap_or(peer)))
    }
}

/// Whose requests are counted together by what they show as token. Only a hash is kept.
#[derive(Clone, Debug)]
struct ByToken {
    hashes: RandomState,
}

impl KeyExtractor for ByToken {
    type Key = u64;

    fn extract<T>(&self, request: &Request<T>) -> Result<u64, GovernorError> {
        let token = request.headers().get(AUTHORIZATION);
        Ok(self.hashes.hash_one(token.map(|token| token.as_bytes())))
    }
}

/// The address that the nearest proxy has seen: the last one, since all before it can be made up.
fn told_by_proxy(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 address.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.into(),
            None => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        },
    }
}

/// Restricts a router's requests by address.
pub(crate) fn by_address(router: Router, per_second: u32, behind_proxy: bool) -> Router {
    let per_second = per_second.saturating_mul(DEVICES_AT_ADDRESS);
    let burst = per_second.saturating_mul(BURST_S);
    let key = ByAddress { behind_proxy };
    limited(router, key, NANOS / u64::from(per_second.max(1)), burst)
}

/// Restricts a router's requests by address, for what hardly anybody does often.
pub(crate) fn rarely(router: Router, per_minute: u32, behind_proxy: bool) -> Router {
    let key = ByAddress { behind_proxy };
    let pause = 60 * NANOS / u64::from(per_minute.max(1));
    limited(router, key, pause, per_minute)
}

/// Restricts a router's requests by token.
pub(crate) fn by_token(router: Router, per_second: u32) -> Router {
    let key = ByToken {
        hashes: RandomState::new(),
    };
    let burst = per_second.saturating_mul(BURST_S);
    limited(router, key, NANOS / u64::from(per_second.max(1)), burst)
}

/// Lets each key make `burst` requests at once, and one more after every `pause` nanoseconds.
fn limited<K>(router: Router, key: K, pause: u64, burst: u32) -> Router
where
    K: KeyExtractor + Send + Sync + 'static,
    K::Key: Send + Sync + 'static,
{
    let config: Option<GovernorConfig<K, _>> = GovernorConfigBuilder::default()
        .per_nanosecond(pause.max(1))
        .burst_size(burst.max(1))
        .key_extractor(key)
        .finish();
    // It is none only if one of the two numbers is zero.
    let Some(config) = config else {
        return router;
    };
    let limiter = Arc::downgrade(config.limiter());
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(FORGETTING).await;
            match limiter.upgrade() {
                Some(limiter) => limiter.retain_recent(),
                None => return,
            }
        }
    });
    router.layer(GovernorLayer::new(config).error_handler(too_many))
}

fn too_many(error: GovernorError) -> Response<Body> {
    let seconds = match error {
        GovernorError::TooManyRequests { wait_time, .. } => u32::try_from(wait_time).ok(),
        GovernorError::UnableToExtractKey | GovernorError::Other { .. } => None,
    };
    Refused::new(
        Code::TooMany,
        "too many requests in a short time; wait as long as the answer says",
    )
    // The limiter rounds down, and asking too early would only count again.
    .retry_after(seconds.unwrap_or(0).saturating_add(1))
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::{network, told_by_proxy};
    use axum::http::HeaderMap;

    #[test]
    fn only_the_nearest_proxy_is_believed() {
        let told = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            told_by_proxy(&headers).map(|address| address.to_string())
        };
        assert_eq!(told(&["1.1.1.1, 2.2.2.2"]).as_deref(), Some("2.2.2.2"));
        assert_eq!(told(&["1.1.1.1", "3.3.3.3"]).as_deref(), Some("3.3.3.3"));
        assert_eq!(told(&["1.1.1.1, unknown"]), None);
        assert_eq!(told(&[]), None);
    }

    #[test]
    fn a_subscriber_s_addresses_count_as_one() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
