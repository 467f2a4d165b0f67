/** Files that are made in the browser. */
import { strToU8, zipSync } from "fflate";
import type { Network } from "../data/links";

export type Cell = string | number | null;

export function save(name: string, type: string, content: string | Uint8Array): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  link.download = name;
  link.click();
  // The browser has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** RFC 4180. */
export function csv(columns: string[], rows: Cell[][]): string {
  const cell = (value: Cell) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Text of XML: what it has no place for is left out. */
export const xml = (text: string) =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);

/** What a cell of a worksheet holds at most. */
const CELL = 32_767;

/** A workbook of one worksheet: Office Open XML, ECMA-376. Words are words, whatever they begin with. */
export function xlsx(columns: string[], rows: Cell[][]): Uint8Array {
  const cell = (value: Cell) => {
    if (value === null) return "<c/>";
    if (typeof value === "number") return `<c><v>${value}</v></c>`;
    return `<c t="inlineStr"><is><t xml:space="preserve">${xml(value.slice(0, CELL))}</t></is></c>`;
  };
  const lines = [columns, ...rows].map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packaged = "http://schemas.openxmlformats.org/package/2006";
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const files = {
    "[Content_Types].xml": `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="quotations" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${lines}</sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(head + text)])));
}

interface Named {
  id: (term: number) => string;
  label: (term: number) => string;
  kind: (term: number) => string;
  place: (term: number) => { x: number; y: number };
  colour: (term: number) => string;
  link: (type: number) => string;
}

/** A colour as older readers of GEXF want it. */
function rgb(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `r="${r}" g="${g}" b="${b}"`;
}

/** GEXF 1.3, <https://gexf.net/1.3/>, with places for the picture. */
export function gexf({ nodes, links }: Network, named: Named): string {
  const most = Math.max(1, ...nodes.values());
  const node = ([term, many]: [number, number]) => {
    const { x, y } = named.place(term);
    return `<node id="${xml(named.id(term))}" label="${xml(named.label(term))}"><attvalues><attvalue for="kind" value="${xml(named.kind(term))}"/><attvalue for="quotes" value="${many}"/></attvalues><viz:color ${rgb(named.colour(term))}/><viz:position x="${x}" y="${-y}" z="0"/><viz:size value="${4 + 14 * Math.sqrt(many / most)}"/></node>`;
  };
  const edge = (link: Network["links"][number], number: number) =>
    `<edge id="e${number}" source="${xml(named.id(link.from))}" target="${xml(named.id(link.to))}" kind="${xml(named.link(link.type))}" label="${xml(named.link(link.type))}" weight="${link.quotations.length}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>Dictum</creator></meta>
<graph defaultedgetype="directed" mode="static">
<attributes class="node"><attribute id="kind" title="kind" type="string"/><attribute id="quotes" title="quotes" type="integer"/></attributes>
<nodes>
${[...nodes].map(node).join("\n")}
</nodes>
<edges>
${links.map(edge).join("\n")}
</edges>
</graph>
</gexf>
`;
}
