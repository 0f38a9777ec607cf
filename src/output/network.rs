//! The intergovernmental network in Graphviz' DOT language, to be looked at in Gephi.

use std::fs;
use std::io;
use std::path::Path;

use petgraph::dot::{Config, Dot};

use crate::output::tables::table::write_whole;
use crate::world::country::Country;

/// The network of `country` as DOT text; nodes carry name, level and province, ties kind and start.
pub fn dot(country: &Country) -> String {
    let graph = country.network.graph();
    let node = |_: &_, (_, id): (_, &u32)| {
        let government = &country.governments[*id as usize];
        let of = |p: usize| &country.geography.provinces[p];
        let province = government.province.map_or("", |p| of(p).iso.as_str());
        let region = government.province.map_or("", |p| of(p).region.as_str());
        format!(
            "label={:?} level={:?} province={province:?} region={region:?}",
            country.name(*id),
            country.level(government.level)
        )
    };
    let edge = |_: &_, edge: petgraph::graph::EdgeReference<'_, _>| {
        let tie: &crate::world::network::Tie = edge.weight();
        format!("kind={:?} since={}", tie.kind.name(), tie.since.max(0))
    };
    let config = [Config::NodeNoLabel, Config::EdgeNoLabel];
    let text = format!("{:?}", Dot::with_attr_getters(graph, &config, &edge, &node));
    text.replacen("graph {", "graph \"intergovernmental network\" {", 1)
}

/// Writes the text as the file `out`; its folder is made if it is not there.
///
/// # Errors
/// When it cannot be written.
pub fn write(out: &Path, text: &str) -> io::Result<()> {
    let folder = out.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder)?;
    }
    let name = out.file_name().unwrap_or_default();
    write_whole(folder, &name.to_string_lossy(), text.as_bytes())
}
