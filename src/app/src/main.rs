//! The binary that Trunk builds: it starts the page.

fn main() {
    inspector_app::start();
}
