//! A weather report out of thin air. Shows most of what a form for arguments has to deal with.

use super::{Call, HARMLESS, Tool, Turn};
use crate::object::{Object, array};
use crate::resources::City;

/// Days, with what they are like.
const SKIES: [&str; 4] = ["clear", "cloudy", "rain", "windy"];

/// Reports invented weather.
pub(super) const WEATHER: Tool = Tool {
    name: "weather",
    title: "Weather, invented",
    description: "Invents the weather of a city. Shows choices, defaults, a date, a value that may be null, a nested object, and a result as text and as data",
    input: concat!(
        r#"{"type":"object","properties":{"#,
        r#""city":{"type":"string","title":"City","enum":["Lisbon","Nairobi","Oslo","Wellington"]},"#,
        r#""from":{"type":"string","title":"First day","format":"date"},"#,
        r#""units":{"type":"string","title":"Units","enum":["celsius","fahrenheit"],"default":"celsius"},"#,
        r#""reporter":{"type":["string","null"],"title":"Who reports","maxLength":40,"default":null},"#,
        r#""detail":{"type":"object","title":"How much","properties":{"#,
        r#""days":{"type":"integer","title":"Days","minimum":1,"maximum":7,"default":2},"#,
        r#""wind":{"type":"boolean","title":"With wind","default":false}},"additionalProperties":false}},"#,
        r#""required":["city"],"additionalProperties":false}"#
    ),
    output: concat!(
        r#"{"type":"object","properties":{"city":{"type":"string"},"units":{"type":"string"},"days":{"type":"array","items":"#,
        r#"{"type":"object","properties":{"day":{"type":"integer"},"temperature":{"type":"integer"},"sky":{"type":"string"},"#,
        r#""wind":{"type":"integer"}},"required":["day","temperature","sky"]}}},"required":["city","units","days"]}"#
    ),
    hints: HARMLESS,
    run: report,
};

fn report(call: &mut Call<'_>) -> Turn {
    let name = call.text("city").unwrap_or_default();
    let Some(city) = City::named(&name) else { return call.fail("This city is not known here") };
    let units = call.text("units").unwrap_or("celsius".into());
    let detail = call.arguments.and_then(|arguments| arguments.get("detail"));
    let days = detail.and_then(|detail| detail.get("days")?.as_i64()).unwrap_or(2);
    let with_wind = detail.and_then(|detail| detail.get("wind")?.as_bool()).unwrap_or(false);
    let mut text = call.text("reporter").map_or_else(String::new, |reporter| format!("{reporter} reports. "));
    text.push_str(&format!("{name}, from {}:", call.text("from").unwrap_or("today".into())));
    let day = |day: i64| {
        // Any pattern will do, as long as it is the same every time.
        let celsius = city.warmth + (day * 5) % 7 - 3;
        let temperature = if units == "fahrenheit" { celsius * 9 / 5 + 32 } else { celsius };
        let sky = SKIES[(city.warmth + day).unsigned_abs() as usize % SKIES.len()];
        (temperature, sky, (day * 7) % 11 + 2)
    };
    let all: Vec<_> = (1..=days).map(day).collect();
    for (number, (temperature, sky, wind)) in (1..).zip(&all) {
        let degrees = if units == "fahrenheit" { "°F" } else { "°C" };
        text.push_str(&format!(" day {number} {temperature} {degrees}, {sky}"));
        text.push_str(&if with_wind { format!(", wind {wind} m/s;") } else { ";".to_owned() });
    }
    let data = (1..).zip(&all).map(|(number, (temperature, sky, wind))| {
        let data = Object::new().number("day", number).raw("temperature", &temperature.to_string()).text("sky", sky);
        data.raw_if(with_wind, "wind", &wind.to_string()).end()
    });
    let data = Object::new().text("city", &name).text("units", &units).raw("days", &array(data)).end();
    call.structured(text.trim_end_matches(';'), &data)
}
