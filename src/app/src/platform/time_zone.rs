//! The time zone of this computer.

/// Minutes to add to UTC for the local time now.
pub(crate) fn utc_offset_minutes() -> i32 {
    // JavaScript counts the other way: minutes from local time to UTC.
    #[allow(clippy::cast_possible_truncation)]
    let to_utc = js_sys::Date::new_0().get_timezone_offset() as i32;
    -to_utc
}
