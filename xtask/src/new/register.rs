//! The lists in which what is added is registered: a module each, and a line at the place that its rank has.

use crate::process::Outcome;

/// One such list.
pub(super) struct Register {
    /// The file.
    pub(super) file: &'static str,
    /// What each module brings.
    pub(super) item: &'static str,
    /// The line above which a new one stands until its author knows better.
    pub(super) above: &'static str,
    /// Where it belongs, in words.
    pub(super) place: &'static str,
}

impl Register {
    /// The list with one more: its module in the order of the alphabet, itself above the line that is named.
    pub(super) fn with(&self, text: &str, module: &str) -> Outcome<String> {
        let declared = format!("mod {module};\n");
        if text.contains(&declared) {
            return Err(format!("`{}` is registered already: the slug is taken", module.replace('_', "-")));
        }
        let unexpected = || format!("{} is not written as expected: register it by hand", self.file);
        let modules = text.match_indices("\nmod ").map(|(at, _)| at + 1);
        let behind = |at: &usize| text[*at..].lines().next().is_some_and(|line| line > declared.trim_end());
        let end = modules.clone().last().and_then(|at| Some(at + text[at..].find('\n')? + 1));
        let at = modules.clone().find(behind).or(end).ok_or_else(unexpected)?;
        let text = format!("{}{declared}{}", &text[..at], &text[at..]);
        let at = text.find(self.above).ok_or_else(unexpected)?;
        let line = format!("    &{module}::{}, // REPLACE this comment: move the line to {}\n", self.item, self.place);
        Ok(format!("{}{line}{}", &text[..at], &text[at..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_declared_by_name_and_listed_above_the_line() {
        let register = Register { file: "mod.rs", item: "CAUSE", above: "    &last::CAUSE,\n", place: "its rank" };
        let text = "\nmod b_c;\nmod d_e;\n\nALL = [\n    &b_c::CAUSE,\n    &last::CAUSE,\n    &d_e::CAUSE,\n];\n";
        let expected = |modules: &str, name: &str| {
            let line = format!("    &{name}::CAUSE, // REPLACE this comment: move the line to its rank\n");
            format!("{modules}\nALL = [\n    &b_c::CAUSE,\n{line}    &last::CAUSE,\n    &d_e::CAUSE,\n];\n")
        };
        assert_eq!(register.with(text, "a_b").unwrap(), expected("\nmod a_b;\nmod b_c;\nmod d_e;\n", "a_b"));
        assert_eq!(register.with(text, "c_d").unwrap(), expected("\nmod b_c;\nmod c_d;\nmod d_e;\n", "c_d"));
        assert_eq!(register.with(text, "e_f").unwrap(), expected("\nmod b_c;\nmod d_e;\nmod e_f;\n", "e_f"));
        assert!(register.with(text, "b_c").unwrap_err().contains("taken"));
        assert!(register.with("", "a_b").unwrap_err().contains("by hand"));
    }
}
