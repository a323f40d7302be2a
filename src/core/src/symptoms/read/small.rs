//! Reads the files beside the symptoms: clients, signs, and what is behind what.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::client::{Client, Kind, Speaks};
use super::Sign;
use super::lines::{Fault, fault, lines, slug_in, word};

pub(super) fn clients(text: &str) -> Result<Vec<Client>, Fault> {
    let mut clients: Vec<Client> = Vec::new();
    for (line, key, value) in lines(text)? {
        if key == "client" {
            let id = slug_in(value, line)?;
            if clients.iter().any(|known| known.id == id) {
                return fault(line, "this client is there already");
            }
            let (name, versions, hints) = (String::new(), String::new(), Vec::new());
            clients.push(Client { id, name, versions, kind: Kind::Sdk, speaks: Speaks::Handshake, hints });
            continue;
        }
        let Some(client) = clients.last_mut() else { return fault(line, "`client` comes first") };
        match key {
            "name" => value.clone_into(&mut client.name),
            "versions" => value.clone_into(&mut client.versions),
            "kind" => client.kind = word(&Kind::ALL, value, line)?,
            "speaks" => client.speaks = word(&[("handshake", Speaks::Handshake), ("both", Speaks::Both)], value, line)?,
            "hint" => client.hints.push(value.to_owned()),
            _ => return fault(line, format!("`{key}` is not known here")),
        }
    }
    match clients.iter().find(|client| client.name.is_empty()) {
        Some(client) => fault(text.lines().count(), format!("`name` of {} is missing", client.id)),
        None => Ok(clients),
    }
}

pub(super) fn signs(text: &str) -> Result<Vec<Sign>, Fault> {
    let sign = |(line, slug, apart): (usize, &str, &str)| Ok(Sign { slug: slug_in(slug, line)?, apart: apart.to_owned() });
    lines(text)?.into_iter().map(sign).collect()
}

pub(super) fn behind(text: &str) -> Result<Vec<(String, Vec<String>)>, Fault> {
    let group = |(line, name, slugs): (usize, &str, &str)| {
        let slugs = slugs.split(", ").map(|slug| slug_in(slug, line)).collect::<Result<_, _>>()?;
        Ok((slug_in(name, line)?, slugs))
    };
    lines(text)?.into_iter().map(group).collect()
}
