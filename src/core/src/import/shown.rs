//! Whether a text is what a client shows of an error. What it means is known to `symptoms`; here it is only told from a recording.

/// Whether some line has the form of an error or of a stack trace.
pub(super) fn is_shown_by_a_client(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        is_frame(line) || is_error(line)
    })
}

/// A place in a program: of Python, of JavaScript, of Java and C#.
fn is_frame(line: &str) -> bool {
    let python =
        line.starts_with("Traceback (most recent call last)") || (line.starts_with("File \"") && line.contains(", line "));
    let script = line.starts_with("at ") && (line.contains('(') || line.contains(':'));
    python || script
}

/// The name of an error and what it says: `mcp.shared.exceptions.McpError: Session terminated`, `Error calling tool: …`.
fn is_error(line: &str) -> bool {
    const KINDS: [&str; 6] = ["Error", "Exception", "ExceptionGroup", "Warning", "error", "Failed"];
    let mut words = line.splitn(2, ": ");
    let (name, says) = (words.next().unwrap_or_default(), words.next());
    let last = name.rsplit([' ', '.', ']']).next().unwrap_or_default();
    let named = KINDS.iter().any(|kind| last.ends_with(kind) || name.split_whitespace().any(|word| word == *kind));
    says.is_some_and(|says| !says.trim().is_empty()) && named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_stack_traces_are_told_from_other_text() {
        for text in [
            "mcp.shared.exceptions.McpError: Session terminated",
            "Traceback (most recent call last):\n  …",
            "  File \"/opt/lib/mcp/client/session.py\", line 153, in initialize",
            "    at Client.request (client.js:1:2)",
            "[❌] Error calling tool: Session terminated",
            "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)",
            "ResourceWarning: Unclosed <MemoryObjectReceiveStream at 0x…>",
        ] {
            assert!(is_shown_by_a_client(text), "{text}");
        }
        for text in ["", "hello", "a: b", "Dear all,\nat noon we meet.", "{\"a\": 1}"] {
            assert!(!is_shown_by_a_client(text), "{text}");
        }
    }
}
