//! Elements, put together by plain calls and kept up to date by signals.
//!
//! Leptos's `view!` compiles every element, attribute and closure into types and code of their own: twice the bytes a first
//! visit may have. Here each of them is the same few functions.

use std::borrow::Cow;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, Node};

/// An element that is being put together. A clone is the same element.
#[derive(Clone)]
pub(super) struct El(Element);

/// What can stand inside an element: an element, a text, several in a row, or nothing.
pub(super) struct View(Node);

/// A place that is filled later. A clone is the same place.
#[derive(Clone)]
pub(super) struct Place(Node);

/// The value of an attribute; nothing takes the attribute away.
pub(super) struct Value<'text>(Option<Cow<'text, str>>);

/// An HTML element.
pub(super) fn el(tag: &str) -> El {
    // The tags are ours: a name the browser refuses would be a slip that the first look at the page shows.
    El(document().create_element(tag).unwrap_or_else(|error| error.unchecked_into()))
}

/// An SVG element.
pub(super) fn svg(tag: &str) -> El {
    let created = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
    El(created.unwrap_or_else(|error| error.unchecked_into()))
}

/// A button that does something. Inside a form it does not submit it.
pub(super) fn button(text: impl Into<View>, click: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").on("click", move |_: Event| click()).child(text)
}

impl El {
    /// The element itself, for what only the browser knows of it.
    pub(super) fn element<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// Sets an attribute.
    pub(super) fn attr<'text>(self, name: &str, value: impl Into<Value<'text>>) -> Self {
        value.into().put(&self.0, name);
        self
    }

    /// Sets the class.
    pub(super) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets an attribute that is either there or not.
    pub(super) fn flag(self, name: &str, on: bool) -> Self {
        self.attr(name, on.then_some(""))
    }

    /// Keeps an attribute up to date.
    pub(super) fn live_attr<V: Into<Value<'static>>>(self, name: &'static str, value: impl Fn() -> V + 'static) -> Self {
        let element = self.0.clone();
        effect(move || value().into().put(&element, name));
        self
    }

    /// Gives the element a class for as long as a condition holds.
    pub(super) fn live_class(self, class: &'static str, condition: impl Fn() -> bool + 'static) -> Self {
        let list = self.0.class_list();
        effect(move || {
            // It can only fail for an empty name.
            let _ = list.toggle_with_force(class, condition());
        });
        self
    }

    /// Ties what is typed into a field to a text, both ways.
    pub(super) fn bind(self, text: RwSignal<String>) -> Self {
        self.typed(move || text.get(), move |typed| text.set(typed))
    }

    /// Shows a text in a field, and hears of every change to it.
    pub(super) fn typed(self, shown: impl Fn() -> String + 'static, heard: impl Fn(String) + 'static) -> Self {
        self.value("input", shown, heard)
    }

    /// Shows which option of a list is chosen, by its value, and hears when another one is. The options have to be there.
    pub(super) fn chosen(self, shown: impl Fn() -> String + 'static, heard: impl Fn(String) + 'static) -> Self {
        self.value("change", shown, heard)
    }

    fn value(self, event: &str, shown: impl Fn() -> String + 'static, heard: impl Fn(String) + 'static) -> Self {
        let field = self.0.clone();
        effect(move || {
            let _ = js_sys::Reflect::set(&field, &"value".into(), &shown().into());
        });
        self.on(event, move |event: Event| heard(event_target_value(&event)))
    }

    /// Shows whether a box is ticked, and hears of every change to it.
    pub(super) fn ticked(self, shown: impl Fn() -> bool + 'static, heard: impl Fn(bool) + 'static) -> Self {
        let field = self.0.clone();
        effect(move || {
            let _ = js_sys::Reflect::set(&field, &"checked".into(), &shown().into());
        });
        self.on("change", move |event: Event| heard(event_target_checked(&event)))
    }

    /// Lets a signal follow whether a disclosure is open.
    pub(super) fn on_toggle(self, open: RwSignal<bool>) -> Self {
        let element = self.0.clone();
        self.on("toggle", move |_: Event| open.set(element.has_attribute("open")))
    }

    /// Hears of an event.
    pub(super) fn on<E: FromWasmAbi + 'static>(self, event: &str, heard: impl Fn(E) + 'static) -> Self {
        // The browser keeps the closure as long as the element.
        let heard = Closure::<dyn Fn(E)>::new(heard).into_js_value();
        let _ = self.0.add_event_listener_with_callback(event, heard.unchecked_ref());
        self
    }

    /// Puts something at the end of the element.
    pub(super) fn child(self, child: impl Into<View>) -> Self {
        append(&self.0, &child.into());
        self
    }

    /// Shows several things in place of what the element holds.
    pub(super) fn show<V: Into<View>>(&self, children: impl IntoIterator<Item = V>) {
        self.0.set_text_content(None);
        append(&self.0, &row(children));
    }

    /// Puts an element in front of another one inside this element, or at its end.
    pub(super) fn insert(&self, child: &Self, before: Option<&Self>) {
        // It can only fail when the other one is elsewhere.
        let _ = self.0.insert_before(&child.0, before.map(|before| before.0.as_ref()));
    }

    /// Takes the element out of the page.
    pub(super) fn remove(&self) {
        self.0.remove();
    }

    /// Puts several things at the end of the element.
    pub(super) fn children<V: Into<View>>(self, children: impl IntoIterator<Item = V>) -> Self {
        children.into_iter().for_each(|child| append(&self.0, &child.into()));
        self
    }
}

impl Place {
    /// A place that is still empty.
    pub(super) fn new() -> Self {
        Self(document().create_comment("").into())
    }

    /// Puts something there.
    pub(super) fn fill(&self, content: impl Into<View>) {
        if let Some(parent) = self.0.parent_node() {
            // It can only fail for a node that would contain itself.
            let _ = parent.insert_before(&content.into().0, Some(&self.0));
        }
    }
}

impl Value<'_> {
    fn put(self, element: &Element, name: &str) {
        // It can only fail for a name that is none.
        let _ = match self.0 {
            Some(value) => element.set_attribute(name, &value),
            None => element.remove_attribute(name),
        };
    }
}

fn append(parent: &Node, child: &View) {
    // It can only fail for a node that would contain itself.
    let _ = parent.append_child(&child.0);
}

/// Puts things at the end of the page.
pub(super) fn show(parts: impl IntoIterator<Item = View>) {
    if let Some(body) = document().body() {
        append(&body, &row(parts));
    }
}

/// Things in a row.
pub(super) fn row<V: Into<View>>(parts: impl IntoIterator<Item = V>) -> View {
    let fragment: Node = document().create_document_fragment().into();
    parts.into_iter().for_each(|part| append(&fragment, &part.into()));
    View(fragment)
}

/// What follows from signals: it is made anew whenever one of them changes.
pub(super) fn live<V: Into<View>>(content: impl Fn() -> V + 'static) -> View {
    region(Box::new(move || content().into()))
}

/// What is there while a condition holds.
pub(super) fn when<V: Into<View>>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    content: impl Fn() -> V + 'static,
) -> View {
    let condition = memo(condition);
    live(move || condition.get().then(&content))
}

/// A text that follows from signals.
pub(super) fn words<S: Into<String>>(text: impl Fn() -> S + 'static) -> View {
    let node: Node = document().create_text_node("").into();
    let shown = node.clone();
    effect(move || shown.set_text_content(Some(&text().into())));
    View(node)
}

/// The region between two comments, of which the second stays where it was put.
fn region(content: Box<dyn Fn() -> View>) -> View {
    let (start, end): (Node, Node) = (document().create_comment("").into(), document().create_comment("").into());
    let whole = row([View(start.clone()), View(end.clone())]);
    effect(move || {
        let Some(parent) = end.parent_node() else { return };
        while let Some(old) = start.next_sibling().filter(|node| *node != end) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&content().0, Some(&end));
    });
    whole
}

/// Runs something now and whenever a signal it has read changes, as long as what it belongs to is shown.
pub(super) fn effect(run: impl FnMut() + 'static) {
    keep(Box::new(run));
}

fn keep(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    on_cleanup(move || drop(effect));
}

/// A value that follows from signals and is computed once for all who read it.
pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    let compute: Box<dyn Fn() -> T + Send + Sync> = Box::new(compute);
    Memo::new(move |_| compute())
}

impl From<El> for View {
    fn from(element: El) -> Self {
        Self(element.0.into())
    }
}

impl From<&Place> for View {
    fn from(place: &Place) -> Self {
        Self(place.0.clone())
    }
}

impl From<&str> for View {
    fn from(text: &str) -> Self {
        Self(document().create_text_node(text).into())
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for View {
    fn from(part: Option<T>) -> Self {
        part.map_or_else(|| row::<Self>([]), Into::into)
    }
}

impl From<()> for View {
    fn from((): ()) -> Self {
        row::<Self>([])
    }
}

impl<A: Into<Self>, B: Into<Self>> From<(A, B)> for View {
    fn from((a, b): (A, B)) -> Self {
        row([a.into(), b.into()])
    }
}

impl<A: Into<Self>, B: Into<Self>, C: Into<Self>> From<(A, B, C)> for View {
    fn from((a, b, c): (A, B, C)) -> Self {
        row([a.into(), b.into(), c.into()])
    }
}

impl<'text> From<&'text str> for Value<'text> {
    fn from(text: &'text str) -> Self {
        Self(Some(text.into()))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self(Some(text.into()))
    }
}

impl<'text> From<&'text String> for Value<'text> {
    fn from(text: &'text String) -> Self {
        Self(Some(text.into()))
    }
}

/// A state as ARIA writes it: `true` or `false`.
impl From<bool> for Value<'_> {
    fn from(state: bool) -> Self {
        if state { "true" } else { "false" }.into()
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        number.to_string().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        Self(value.and_then(|value| value.into().0))
    }
}
