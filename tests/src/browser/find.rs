//! Elements by ARIA role and accessible name, as a screen reader finds them.

use thirtyfour::{By, RequestData, SessionId, WebElement, common::command::FormatRequestData};

use super::{Browser, Element, PATIENCE};

/// The ARIA roles the page uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `article`
    Article,
    /// `button`
    Button,
    /// `checkbox`
    Checkbox,
    /// `combobox`: a select, or an editable list
    Combobox,
    /// `dialog`
    Dialog,
    /// A file input, which has no ARIA role of its own.
    FileInput,
    /// `heading`
    Heading,
    /// `link`
    Link,
    /// `option`
    Option,
    /// `region`: a section with a name
    Region,
    /// `searchbox`
    Searchbox,
    /// `tab`
    Tab,
    /// `table`
    Table,
    /// `textbox`; a masked field counts as one
    Textbox,
}

impl Role {
    /// The elements that may have the role (HTML-AAM), given or native.
    fn selector(self) -> &'static str {
        match self {
            Self::Article => "article:not([role]), [role=article]",
            Self::Button => {
                "button:not([role]), summary, input[type=button], input[type=submit], input[type=reset], [role=button]"
            }
            Self::Checkbox => "input[type=checkbox]:not([role]), [role=checkbox], [role=switch]",
            Self::Combobox => "select:not([multiple]):not([role]), input[list], [role=combobox]",
            Self::Dialog => "dialog[open]:not([role]), [role=dialog], [role=alertdialog]",
            Self::FileInput => "input[type=file]",
            Self::Heading => "h1, h2, h3, h4, h5, h6, [role=heading]",
            Self::Link => "a[href]:not([role]), [role=link]",
            Self::Option => "option, [role=option]",
            Self::Region => "section:not([role]), [role=region]",
            Self::Searchbox => "input[type=search]:not([role]):not([list]), [role=searchbox]",
            Self::Tab => "[role=tab]",
            Self::Table => "table:not([role]), [role=table], [role=grid], [role=treegrid]",
            Self::Textbox => {
                "textarea:not([role]), input:not([type]):not([role]):not([list]), input[type=text]:not([role]):not([list]), \
                 input[type=url]:not([role]):not([list]), input[type=password], input[type=email]:not([role]):not([list]), \
                 [role=textbox]"
            }
        }
    }
}

/// The elements of a selector that are shown (or hidden too), those that bear a text first.
const SHOWN: &str = "
    const [selector, hiddenToo, text] = arguments;
    const isShown = element => element.getClientRects().length > 0
        && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const bears = element => [element.getAttribute('aria-label'), element.textContent, element.value,
        ...[...(element.labels ?? [])].map(label => label.textContent)].some(part => part?.includes(text));
    const shown = [...document.querySelectorAll(selector)].filter(element => hiddenToo || isShown(element));
    return text ? [...shown.filter(bears), ...shown.filter(element => !bears(element))] : shown;";

impl Browser {
    /// The one element of this role and accessible name; waits for it to be shown.
    ///
    /// # Panics
    /// When there is none within [`PATIENCE`]; the message names those of the role that there are.
    pub fn find(&self, role: Role, name: &str) -> Element<'_> {
        let mut found = None;
        let appeared = self.poll(PATIENCE, || {
            found = self.try_find(role, name);
            found.is_some()
        });
        if appeared && let Some(element) = found {
            return element;
        }
        let names: Vec<_> = self.find_all(role).iter().map(Element::name).collect();
        panic!("no {role:?} {name:?} on the page; of this role there are {names:?}");
    }

    /// A shown element of this role and accessible name, if there is one now: of several the first.
    pub fn try_find(&self, role: Role, name: &str) -> Option<Element<'_>> {
        self.shown(role, name).into_iter().find(|element| element.name() == name)
    }

    /// Every shown element of this role, in document order.
    pub fn find_all(&self, role: Role) -> Vec<Element<'_>> {
        self.shown(role, "")
    }

    /// Every shown element of this role, those with a text on them that is in a name first: what the browser computes as a name is
    /// asked for element by element, and a page has many buttons.
    fn shown(&self, role: Role, text: &str) -> Vec<Element<'_>> {
        // A file input is commonly hidden behind its label.
        let hidden_too = role == Role::FileInput;
        let found = self.script(SHOWN, &[role.selector().into(), hidden_too.into(), text.into()]);
        let found = found.as_array().cloned().unwrap_or_default();
        let handle = self.driver().handle();
        let found = found.into_iter().map(|value| WebElement::from_json(value, handle.clone()).expect("an element"));
        found.map(|inner| Element { browser: self, inner }).collect()
    }

    /// Every element of a CSS selector, for the attributes that are part of the page's interface (`main[data-phase]`).
    pub fn select(&self, selector: &str) -> Vec<Element<'_>> {
        let found = self.wait_for(self.driver().find_all(By::Css(selector))).expect("a selector");
        found.into_iter().map(|inner| Element { browser: self, inner }).collect()
    }

    /// The element with the keyboard focus.
    pub fn focused(&self) -> Element<'_> {
        Element { browser: self, inner: self.wait_for(self.driver().active_element()).expect("a focus") }
    }
}

/// W3C WebDriver, 12.4.9 and 12.4.10: what the browser computed for assistive technology.
#[derive(Debug)]
pub(super) enum Computed {
    Role(WebElement),
    Label(WebElement),
}

impl FormatRequestData for Computed {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let (element, what) = match self {
            Self::Role(element) => (element, "computedrole"),
            Self::Label(element) => (element, "computedlabel"),
        };
        let get = "GET".parse().expect("a method");
        RequestData::new(get, format!("session/{session}/element/{}/{what}", element.element_id()))
    }
}
