//! Accessibility rules, checked by axe-core inside the page.

use serde_json::{Value, json};

use super::Browser;

/// WCAG 2.0 A and AA, 2.1 AA, 2.2 AA.
const TAGS: [&str; 4] = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

impl Browser {
    /// Every violation, one text each: the rule, what it asks for, and the elements that break it. Needs
    /// `INSPECTOR_NODE_MODULES`.
    pub fn axe(&self) -> Vec<String> {
        self.script_of_package("axe-core/axe.min.js");
        let result = self.script_async(
            "return (await axe.run({ runOnly: arguments[0], resultTypes: ['violations'] })).violations
                .map(rule => `${rule.id}: ${rule.help}\\n` + rule.nodes.map(node =>
                    `  ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`).join('\\n'));",
            &[json!(TAGS)],
        );
        result.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}
