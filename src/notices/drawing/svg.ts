/**
 * SVG as a tree of nodes: drawn on the page by `Svg.svelte`, written to a file by {@link toSvg}. One drawing, two ways out.
 * Only presentation attributes are used, because the content security policy admits no inline styles.
 */
export interface SvgNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgNode | string)[];
}

/** Makes a node. Attributes that are undefined are left out. */
export function node(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return { tag, attributes: Object.fromEntries(given), children };
}

/** Lengths in a drawing to a hundredth of a unit. */
export const round = (value: number): number => Math.round(value * 100) / 100;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for XML and HTML, also inside double quotes. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** @returns the node as XML */
export function toXml({ tag, attributes, children }: SvgNode): string {
  const head = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
  if (children.length === 0) return `<${tag}${head}/>`;
  const body = children.map((child) => (typeof child === 'string' ? escapeXml(child) : toXml(child)));
  return `<${tag}${head}>${body.join('')}</${tag}>`;
}

/** @returns a whole SVG file of a drawing whose root is an `svg` node */
export const toSvg = (root: SvgNode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${toXml({
    ...root,
    attributes: { xmlns: 'http://www.w3.org/2000/svg', ...root.attributes },
  })}\n`;
