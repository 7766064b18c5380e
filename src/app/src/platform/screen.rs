//! The shape of the screen.

/// Whether the page lies as wide as a tablet in landscape.
#[must_use]
pub fn is_wide() -> bool {
    web_sys::window().is_some_and(|window| {
        let wide = window.match_media("(min-width: 1000px) and (orientation: landscape)");
        wide.is_ok_and(|query| query.is_some_and(|query| query.matches()))
    })
}
