/**
 * The tree as a graph of imports: which file imports which, type-only and dynamic imports among them, and out of the
 * scripts of Svelte components. Workers that a file starts by their address are no imports.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

/** Files with their own text; the paths are relative to the root, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;
/** Of each file the files it imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const FOLDERS = ['build', 'contract', 'lib', 'models', 'scenes', 'src', 'test', 'workers'];
const LEFT_OUT = /(^|\/)(node_modules|paraglide|\.cache|\.out|fixtures)(\/|$)/;

/** All source files of the project. @param root its folder */
export function readSources(root: string): Sources {
  const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const own = [...files, ...readdirSync(root)].filter(
    (path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts') && !LEFT_OUT.test(path),
  );
  return new Map(own.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** What a file asks for, as it is written. */
function specifiersOf(path: string, text: string): string[] {
  const script = path.endsWith('.svelte')
    ? [...text.matchAll(SCRIPT)].map(([, content]) => content).join('\n')
    : text;
  const found: string[] = [];
  const take = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, script, ts.ScriptTarget.Latest));
  return found;
}

/** Imports between the given files; those from packages and of other kinds of files are left out. */
export function importsOf(sources: Sources): Imports {
  const imports = new Map<string, string[]>();
  for (const [path, text] of sources) {
    const targets = specifiersOf(path, text)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => normalize(join(dirname(path), specifier.replace(/\?.*$/, ''))))
      .map((target) => relative('.', target).replaceAll('\\', '/'))
      .filter((target) => sources.has(target));
    imports.set(path, [...new Set(targets)]);
  }
  return imports;
}

/** Files that reach one another: the strongly connected components of more than one file (Tarjan, 1972). */
export function circlesOf(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string): void => {
    const index = order.size;
    order.set(file, index);
    low.set(file, index);
    stack.push(file);
    open.add(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        low.set(file, Math.min(low.get(file)!, low.get(next)!));
      } else if (open.has(next)) low.set(file, Math.min(low.get(file)!, order.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    for (const one of circle) open.delete(one);
    // A component that draws itself within itself imports itself; that is no circle between files.
    const alone =
      circle.length === 1 && (file.endsWith('.svelte') || !(imports.get(file) ?? []).includes(file));
    if (!alone) circles.push(circle.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles.sort(([a], [b]) => (a! < b! ? -1 : 1));
}

/** Imports of one case's files from another's. `shared` and the indexes beside the folders belong to no case. */
export function betweenCases(imports: Imports): string[] {
  const caseOf = (path: string) =>
    /^(workers\/camera|src)\/cases\/([\w-]+)\//.exec(path) ?? /^(contract)\/cases\/([\w-]+)\.ts$/.exec(path);
  const common = new Set(['shared', 'index', 'define']);
  return [...imports].flatMap(([from, targets]) => {
    const own = caseOf(from);
    if (!own || common.has(own[2]!)) return [];
    return targets
      .filter((to) => {
        const other = caseOf(to);
        return other && other[2] !== own[2] && !common.has(other[2]!);
      })
      .map((to) => `${from} imports ${to}`);
  });
}

/**
 * Rooms of the camera from the top down: a room imports from itself and from those below it. `workers/camera/README.md` says
 * what each is for.
 */
export const CAMERA_ROOMS = [
  'main.ts',
  'runtime',
  'cases',
  'inference',
  'frames',
  'ledger',
  'disclosure',
  'isolation',
  'vision',
] as const;
const CAMERA = 'workers/camera/';

/** The room of the camera in which a file lies; undefined for files of no room. */
export function roomOf(path: string): string | undefined {
  if (!path.startsWith(CAMERA)) return undefined;
  const inside = path.slice(CAMERA.length);
  return CAMERA_ROOMS.find((room) => inside === room || inside.startsWith(`${room}/`));
}

/** Imports within the camera that run up, and files that lie in no room. */
export function climbs(imports: Imports): string[] {
  const floor = (room: string) => (CAMERA_ROOMS as readonly string[]).indexOf(room);
  return [...imports].flatMap(([from, targets]) => {
    if (!from.startsWith(CAMERA)) return [];
    const room = roomOf(from);
    if (room === undefined) return [`${from} lies in no room`];
    return targets
      .filter((to) => {
        const other = roomOf(to);
        return other !== undefined && floor(other) < floor(room);
      })
      .map((to) => `${from} (${room}) imports ${to} (${roomOf(to)})`);
  });
}

/** How many imports lead from one part to another. */
export function countBetween(
  imports: Imports,
  partOf: (path: string) => string | undefined,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const [from, targets] of imports) {
    const part = partOf(from);
    if (part === undefined) continue;
    const own = counts.get(part) ?? new Map<string, number>();
    counts.set(part, own);
    for (const to of targets) {
      const other = partOf(to);
      if (other !== undefined && other !== part) own.set(other, (own.get(other) ?? 0) + 1);
    }
  }
  return counts;
}
