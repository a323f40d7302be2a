//! What the Model Context Protocol says: revisions, requests, results, errors, and the words of the specification.

mod annotations;
mod asks;
pub mod codes;
mod content;
mod facts;
mod headers;
mod lists;
mod notices;
mod object;
mod params;
mod reading;
mod replies;
mod requests;
mod required;
mod results;
mod revision;
mod rulebook;
mod spec;
mod step;
mod subscriptions;
mod uri_template;

pub use annotations::{AnnotationFault, AnnotationFlaw, annotation_flaws};
pub use asks::{
    Elicitation, Sampling, SamplingMessage, SamplingPart, read_elicitation, read_required_elicitations, read_sampling,
};
pub use codes::{is_modern, read_supported};
pub use content::{Content, read_contents, read_prompt_messages};
pub use facts::{Capability, Freshness, ServerFacts, asked_by, read_discover, read_freshness, read_initialize};
pub use headers::mirrored;
pub use lists::{
    Page, Prompt, PromptArgument, Resource, Template, Tool, read_prompts, read_resources, read_templates, read_tools,
};
pub use notices::{LogLine, Progress, read_cancelled, read_log, read_progress, read_updated};
pub use params::{complete_params, named_params, prompt_reference, resource_reference, uri_params};
pub use replies::{accepted, agreed, declined, dismissed, sampled};
pub use requests::{
    CLIENT_NAME, cancelled, capabilities, error, initialize, initialized, notification, request, result, retry_params,
};
pub use required::lacking;
pub use results::{CallResult, Completion, InputAsk, ResultKind, read_call, read_completion, read_result_kind};
pub use revision::{Ask, Era, Revision, Transport};
pub use spec::{SpecNote, rules};
pub use step::Step;
pub use subscriptions::{Wanted, listen_params, read_acknowledged, read_subscription};
pub use uri_template::{expand_template, template_variables};
