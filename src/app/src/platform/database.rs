//! Recordings in the database of this browser (IndexedDB). There is no database until somebody wants one, and none when nobody does.
//!
//! It is opened for one thing at a time and closed after it. So a page in another tab never waits for this one, and what it has
//! done is seen: a database that it took away is not there any more.

use std::fmt;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

/// The name of the database.
const NAME: &str = "mcp-session-inspector";

/// The version of its form: [`LIST`] and [`TEXTS`].
const VERSION: u32 = 1;

/// What is known of each recording, by its id.
const LIST: &str = "list";

/// The recordings as files, by the same id.
const TEXTS: &str = "texts";

/// What is known of a recording without opening it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// A later one is greater.
    pub(crate) id: f64,
    /// What it is called.
    pub(crate) name: String,
    /// The address of its server.
    pub(crate) server: String,
    /// When it began, in milliseconds since 1970.
    pub(crate) at: f64,
    /// `ok`, `failed` or `stopped`.
    pub(crate) outcome: String,
    /// What is wrong first, in a few words.
    pub(crate) cause: String,
    /// How many exchanges it has.
    pub(crate) exchanges: f64,
    /// How long its file is, in bytes.
    pub(crate) bytes: f64,
}

/// Why something could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// This browser has no database for this page, or does not let it have one.
    NoStorage,
    /// There is no room left.
    NoRoom,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoStorage => {
                "This browser does not let this page keep anything, as in a private window or where storage is blocked. Everything \
                 else works."
            }
            Self::NoRoom => "This browser has no room left for it.",
        })
    }
}

impl From<JsValue> for Refused {
    fn from(error: JsValue) -> Self {
        let name = error.dyn_into::<DomException>().map(|error| error.name()).unwrap_or_default();
        if name == "QuotaExceededError" { Self::NoRoom } else { Self::NoStorage }
    }
}

/// The database, open for one thing.
pub(crate) struct Database(IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        // What was begun is brought to its end first.
        self.0.close();
    }
}

impl Database {
    /// Opens it, if there is one.
    pub(crate) async fn open() -> Result<Option<Self>, Refused> {
        Self::opened(false).await
    }

    /// Makes it, if there is none.
    pub(crate) async fn make() -> Result<(), Refused> {
        Self::opened(true).await.map(drop)
    }

    /// Takes it away with all that is in it.
    pub(crate) async fn take_away() -> Result<(), Refused> {
        let request = factory()?.delete_database(NAME)?;
        settled(&request).await?;
        Ok(())
    }

    async fn opened(make: bool) -> Result<Option<Self>, Refused> {
        let request = factory()?.open_with_u32(NAME, VERSION)?;
        // Only where there is none: there is no older form of it.
        let missing = Closure::once_into_js(move |event: Event| {
            let request = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok());
            let _ = request.map(|request| if make { form(&request) } else { leave_none(&request) });
        });
        request.set_onupgradeneeded(Some(missing.unchecked_ref()));
        match settled(&request).await {
            Ok(database) => Ok(Some(Self(database.unchecked_into()))),
            Err(error) if !make && error.dyn_ref::<DomException>().is_some_and(|error| error.name() == "AbortError") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What is in it, the latest first.
    pub(crate) async fn list(&self) -> Result<Vec<Entry>, Refused> {
        let (_, list, _) = self.transaction(IdbTransactionMode::Readonly)?;
        let all: Array = settled(&list.get_all()?).await?.unchecked_into();
        let mut entries: Vec<Entry> = all.iter().map(|entry| Entry::read(&entry)).collect();
        entries.reverse();
        Ok(entries)
    }

    /// A recording, unless it is gone.
    pub(crate) async fn text(&self, id: f64) -> Result<Option<String>, Refused> {
        let (_, _, texts) = self.transaction(IdbTransactionMode::Readonly)?;
        Ok(settled(&texts.get(&id.into())?).await?.as_string())
    }

    /// Adds a recording, or puts back one that was removed.
    pub(crate) async fn add(&self, entry: &Entry, text: &str) -> Result<(), Refused> {
        let (transaction, list, texts) = self.transaction(IdbTransactionMode::Readwrite)?;
        list.put(&entry.written())?;
        texts.put_with_key(&text.into(), &entry.id.into())?;
        finished(&transaction).await
    }

    /// Writes a recording anew that has grown. It keeps its name; one that is gone stays so.
    pub(crate) async fn update(&self, entry: &Entry, text: &str) -> Result<(), Refused> {
        let (transaction, list, texts) = self.transaction(IdbTransactionMode::Readwrite)?;
        let before = settled(&list.get(&entry.id.into())?).await?;
        if before.is_object() {
            let name = Entry::read(&before).name;
            list.put(&Entry { name, ..entry.clone() }.written())?;
            texts.put_with_key(&text.into(), &entry.id.into())?;
        }
        finished(&transaction).await
    }

    /// Calls a recording something else.
    pub(crate) async fn rename(&self, id: f64, name: &str) -> Result<(), Refused> {
        let (transaction, list, _) = self.transaction(IdbTransactionMode::Readwrite)?;
        let before = settled(&list.get(&id.into())?).await?;
        if before.is_object() {
            list.put(&Entry { name: name.to_owned(), ..Entry::read(&before) }.written())?;
        }
        finished(&transaction).await
    }

    /// Removes recordings.
    pub(crate) async fn remove(&self, ids: &[f64]) -> Result<(), Refused> {
        let (transaction, list, texts) = self.transaction(IdbTransactionMode::Readwrite)?;
        for id in ids {
            list.delete(&(*id).into())?;
            texts.delete(&(*id).into())?;
        }
        finished(&transaction).await
    }

    /// Removes all of them.
    pub(crate) async fn clear(&self) -> Result<(), Refused> {
        let (transaction, list, texts) = self.transaction(IdbTransactionMode::Readwrite)?;
        list.clear()?;
        texts.clear()?;
        finished(&transaction).await
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore, IdbObjectStore), JsValue> {
        let both = Array::of2(&LIST.into(), &TEXTS.into());
        let transaction = self.0.transaction_with_str_sequence_and_mode(&both, mode)?;
        let (list, texts) = (transaction.object_store(LIST)?, transaction.object_store(TEXTS)?);
        Ok((transaction, list, texts))
    }
}

impl Entry {
    /// An id for a recording that is added now. Two tabs do not choose the same one.
    pub(crate) fn new_id() -> f64 {
        js_sys::Date::now() * 1_000.0 + (js_sys::Math::random() * 1_000.0).floor()
    }

    fn written(&self) -> JsValue {
        let object = Object::new();
        let texts = [("name", &self.name), ("server", &self.server), ("outcome", &self.outcome), ("cause", &self.cause)];
        let numbers = [("id", self.id), ("at", self.at), ("exchanges", self.exchanges), ("bytes", self.bytes)];
        let texts = texts.into_iter().map(|(key, text)| (key, JsValue::from(text)));
        for (key, value) in numbers.into_iter().map(|(key, number)| (key, JsValue::from(number))).chain(texts) {
            // It can only fail for an object that is sealed.
            let _ = Reflect::set(&object, &key.into(), &value);
        }
        object.into()
    }

    fn read(object: &JsValue) -> Self {
        let get = |key: &str| Reflect::get(object, &key.into()).unwrap_or_default();
        let text = |key: &str| get(key).as_string().unwrap_or_default();
        let number = |key: &str| get(key).as_f64().unwrap_or_default();
        Self {
            id: number("id"),
            name: text("name"),
            server: text("server"),
            at: number("at"),
            outcome: text("outcome"),
            cause: text("cause"),
            exchanges: number("exchanges"),
            bytes: number("bytes"),
        }
    }
}

fn factory() -> Result<IdbFactory, Refused> {
    let window = web_sys::window().ok_or(Refused::NoStorage)?;
    window.indexed_db()?.ok_or(Refused::NoStorage)
}

fn form(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let by_id = IdbObjectStoreParameters::new();
    by_id.set_key_path(&"id".into());
    database.create_object_store_with_optional_parameters(LIST, &by_id)?;
    database.create_object_store(TEXTS).map(drop)
}

/// Has nothing made. The request fails with that.
fn leave_none(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    request.transaction().map_or(Ok(()), |transaction| transaction.abort())
}

/// What comes of a request.
async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let heard = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(heard).await {
        Ok(_) => request.result(),
        Err(_) => Err(request.error()?.map_or(JsValue::NULL, JsValue::from)),
    }
}

/// The end of a transaction: only then is anything written.
async fn finished(transaction: &IdbTransaction) -> Result<(), Refused> {
    let heard = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(heard).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(JsValue::NULL, JsValue::from).into()),
    }
}
