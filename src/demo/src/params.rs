//! Looking into the parameters of a request: one place for all methods, so that each of them stays small.

use std::borrow::Cow;

use inspector_core::json::Node;

/// The parameters of a request, if it has any.
pub(crate) type Params<'a> = Option<Node<'a>>;

/// What stands at a path of names.
pub(crate) fn part<'a>(params: Params<'a>, path: &[&str]) -> Option<Node<'a>> {
    params?.at(path)
}

/// The text at a path of names.
pub(crate) fn text<'a>(params: Params<'a>, path: &[&str]) -> Option<Cow<'a, str>> {
    part(params, path)?.as_str()
}

/// The object at a path of names.
pub(crate) fn object<'a>(params: Params<'a>, path: &[&str]) -> Option<Node<'a>> {
    part(params, path).filter(|node| node.is_object())
}
