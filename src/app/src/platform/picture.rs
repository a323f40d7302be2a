//! A drawing as a picture of pixels. The drawing is ours and loads nothing.

use std::cell::Cell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::download;

/// Pixels for each of the drawing's, as sharp screens have them.
const SCALE: f64 = 2.0;

/// Browsers draw nothing on a canvas with a longer side than this.
const LONGEST: f64 = 16_000.0;

/// Draws an SVG into a PNG. A very long one becomes smaller.
///
/// # Errors
/// What the browser says when it cannot.
pub(crate) async fn png(svg: &str) -> Result<Blob, JsValue> {
    let address = Url::create_object_url_with_blob(&download::blob(svg, "image/svg+xml")?)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    let drawn = JsFuture::from(image.decode()).await;
    Url::revoke_object_url(&address)?;
    drawn?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = SCALE.min(LONGEST / width.max(height).max(1.0));
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width * scale, height * scale)?;
    let made = js_sys::Promise::new(&mut |resolve, reject| {
        let resolve = Cell::new(Some(resolve));
        let told = Closure::once_into_js(move |blob: JsValue| {
            // It cannot fail: the function takes any value.
            let _ = resolve.take().map(|resolve| resolve.call1(&JsValue::NULL, &blob));
        });
        if let Err(error) = canvas.to_blob(told.unchecked_ref()) {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(made).await?.dyn_into()
}
