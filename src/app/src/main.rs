//! Starts the page.

fn main() {
    tongxing_app::shell::start();
}
