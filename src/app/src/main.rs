//! Starts the page.

mod parts;

fn main() {
    tongxing_app::shell::start(parts::DOORS);
}
