//! The name under which this installation keeps its things, apart from others on the same origin.

/// The name of this installation: the product's, and the path that it is served below. Two of them on
/// one origin, such as `/` and `/field/app/`, then share neither data nor locks.
#[must_use]
pub fn name() -> String {
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok().flatten())
        .and_then(|base| web_sys::Url::new(&base).ok());
    let path = base.map_or_else(|| "/".to_owned(), |base| base.pathname());
    // The page may be asked for by its folder or by its own name.
    let folder = path.rfind('/').map_or("/", |last| &path[..=last]);
    format!("tongxing:{folder}")
}
