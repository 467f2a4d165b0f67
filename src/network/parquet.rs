//! Networks for Spark's GraphFrames, cuGraph, Polars and DuckDB: <https://parquet.apache.org/docs/file-format/>.
//!
//! Nodes with `id`, edges with `src` and `dst`; beside these the columns of all other formats, with their types.

use super::Network;
use super::columns::{Column, Columns, Value, real, words};
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::Result;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use petgraph::visit::EdgeRef;
use std::io::Write;
use std::sync::Arc;

/// Rows that are written at a time.
const GROUP: usize = 100_000;

/// Writes a row for each node.
///
/// # Errors
/// Only those of `out`.
pub fn write_vertices(network: &Network, out: &mut (impl Write + Send)) -> Result<()> {
    let columns = Columns::of(network);
    let rows = network.graph.node_weights().map(|node| {
        let looks = columns.looks(node);
        let mut row = vec![words("id", node.id.as_str())];
        row.extend(columns.of_node(node).into_iter().filter(|(name, _)| name != "name"));
        row.extend([real("x", looks.x), real("y", looks.y)]);
        row
    });
    write(rows, out)
}

/// Writes a row for each edge.
///
/// # Errors
/// Only those of `out`.
pub fn write_edges(network: &Network, out: &mut (impl Write + Send)) -> Result<()> {
    let rows = network.graph.edge_references().map(|edge| {
        let [source, target] = [edge.source(), edge.target()].map(|end| network.graph[end].id.as_str());
        let mut row =
            vec![words("src", source), words("dst", target), words("id", edge.weight().id.as_str())];
        row.push(words("relationship", edge.weight().kind.as_str()));
        row.extend(Columns::of_edge(edge.weight()).into_iter().filter(|(name, _)| name != "interaction"));
        row
    });
    write(rows, out)
}

/// Writes rows, all of the same columns.
fn write<'a>(mut rows: impl Iterator<Item = Vec<Column<'a>>>, out: &mut (impl Write + Send)) -> Result<()> {
    let mut chunk: Vec<Vec<Column<'a>>> = rows.by_ref().take(GROUP).collect();
    let fields = chunk.first().map(|row| row.iter().map(field).collect::<Result<Vec<_>>>());
    let schema =
        Type::group_type_builder("rows").with_fields(fields.transpose()?.unwrap_or_default()).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("dictum".to_owned())
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    while !chunk.is_empty() {
        let mut group = file.next_row_group()?;
        for index in 0..chunk[0].len() {
            write_column(&chunk, index, &mut group)?;
        }
        group.close()?;
        chunk = rows.by_ref().take(GROUP).collect();
    }
    file.close()?;
    Ok(())
}

fn field((name, value): &Column<'_>) -> Result<Arc<Type>> {
    let (physical, logical) = match value {
        Value::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Value::Whole(_) => (Physical::INT64, None),
        Value::Real(_) => (Physical::DOUBLE, None),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED);
    field.with_logical_type(logical).build().map(Arc::new)
}

fn write_column(
    rows: &[Vec<Column<'_>>],
    index: usize,
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let cells = || rows.iter().map(|row| &row[index].1);
    match &rows[0][index].1 {
        Value::Text(_) => {
            let values: Vec<ByteArray> =
                cells().map(|cell| cell.text().into_owned().into_bytes().into()).collect();
            column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
        }
        Value::Whole(_) => {
            let whole = |cell: &Value<'_>| {
                if let Value::Whole(value) = cell { i64::try_from(*value).unwrap_or(i64::MAX) } else { 0 }
            };
            column.typed::<Int64Type>().write_batch(&cells().map(whole).collect::<Vec<_>>(), None, None)?;
        }
        Value::Real(_) => {
            let real = |cell: &Value<'_>| if let Value::Real(value) = cell { *value } else { f64::NAN };
            column.typed::<DoubleType>().write_batch(&cells().map(real).collect::<Vec<_>>(), None, None)?;
        }
    }
    column.close()
}
