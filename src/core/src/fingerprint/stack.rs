//! What servers are made with.

/// An SDK or a platform whose servers can be told by their answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// `mcp` of PyPI.
    Python,
    /// `fastmcp` of PyPI, built on `mcp`.
    FastMcp,
    /// `@modelcontextprotocol/sdk`, `@modelcontextprotocol/server`.
    TypeScript,
    /// `rmcp` of crates.io.
    Rust,
    /// `github.com/modelcontextprotocol/go-sdk`.
    Go,
    /// `github.com/mark3labs/mcp-go`.
    McpGo,
    /// `ModelContextProtocol.AspNetCore` of NuGet.
    CSharp,
    /// `io.modelcontextprotocol.sdk:mcp`, and Spring AI on it.
    Java,
    /// `agents` of npm.
    Cloudflare,
    /// Gateway and runtime of Amazon Bedrock AgentCore.
    AgentCore,
}

impl Stack {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Python => "Python SDK",
            Self::FastMcp => "FastMCP",
            Self::TypeScript => "TypeScript SDK",
            Self::Rust => "Rust SDK (rmcp)",
            Self::Go => "Go SDK",
            Self::McpGo => "mcp-go",
            Self::CSharp => "C# SDK",
            Self::Java => "Java SDK or Spring AI",
            Self::Cloudflare => "Cloudflare Agents",
            Self::AgentCore => "Amazon Bedrock AgentCore",
        }
    }

    /// Whether a section of a page, named for whom it is, is meant for servers made with it. Sections for clients never are.
    pub fn is_meant_by(self, heading: &str) -> bool {
        if heading.starts_with("Client") {
            return false;
        }
        let words = heading.split(|c: char| !c.is_alphanumeric() && c != '#');
        let named: &[&str] = match self {
            Self::Python | Self::FastMcp => &["Python", "FastMCP"],
            Self::TypeScript => &["TypeScript"],
            Self::Rust => &["Rust"],
            Self::Go | Self::McpGo => &["Go"],
            Self::CSharp => &["C#"],
            Self::Java => &["Java", "Spring"],
            Self::Cloudflare => &["Cloudflare"],
            Self::AgentCore => &["AWS"],
        };
        words.into_iter().any(|word| named.contains(&word))
    }

    /// The one of two that a server can be which looks like both: FastMCP is the Python SDK as well.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Python, Self::FastMcp) | (Self::FastMcp, Self::Python) => Some(Self::FastMcp),
            _ => (self == other).then_some(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_meant_for_the_stacks_it_names() {
        assert!(Stack::FastMcp.is_meant_by("Python SDK"));
        assert!(Stack::Go.is_meant_by("Go and C#"));
        assert!(Stack::CSharp.is_meant_by("Go and C#"));
        assert!(Stack::AgentCore.is_meant_by("AWS (Bedrock AgentCore)"));
        assert!(!Stack::Java.is_meant_by("JavaScript"));
        assert!(!Stack::Python.is_meant_by("Client: Python SDK"));
    }
}
