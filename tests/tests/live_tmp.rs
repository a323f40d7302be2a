#![cfg(feature = "live")]
#![allow(missing_docs)]
use lab::{browser::Role, fault::{FaultServer, Scenario}, inspector::Inspector};
#[test]
fn tmp() {
    let page = Inspector::open();
    let server = FaultServer::start(Scenario::by_name("cors-blocked-helmet").unwrap());
    page.load(&format!("#server={}", server.url()));
    page.browser.click(Role::Button, "Run handshake");
    std::thread::sleep(std::time::Duration::from_secs(4));
    println!("phase {} outcome {}", page.phase(), page.outcome());
    println!("{:#?}", page.rows());
    println!("{:?}", page.browser.script_errors());
    println!("{:?}", page.browser.csp_violations());
    for r in server.requests() { println!("{} {}", r.method, r.path); }
    println!("{}", page.visible_text());
}
