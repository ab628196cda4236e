/** Hash routes: the built site runs from any folder of any host, without support of the server. */
import { CASES } from '../../contract/index.ts';

export const ROUTES = [
  'home',
  ...CASES,
  'together',
  'guidebook',
  'bench',
  'feasibility',
  'about',
  'tour',
  'event',
  'wrong',
  'notice',
] as const;
export type Route = (typeof ROUTES)[number];

const PATHS = Object.fromEntries(
  ROUTES.map((route) => [route, route === 'home' ? '#/' : `#/${route}`]),
) as Record<Route, string>;

/** Address of a route, for links. */
export const href = (route: Route): string => PATHS[route];

/** Routes that have pages of their own below them: `#/guidebook/duties/counting`, `#/notice/counting`. */
const DEEP: readonly Route[] = ['guidebook', 'notice'];

/** The route of a hash; an unknown one leads to the home page. */
export function routeOf(hash: string): Route {
  const path = hash.split('?')[0] ?? '';
  return (
    ROUTES.find((route) => PATHS[route] === path) ??
    DEEP.find((route) => path.startsWith(`${PATHS[route]}/`)) ??
    'home'
  );
}

/** Whether a hash names a page that does not exist. */
export function isUnknown(hash: string): boolean {
  const path = hash.split('?')[0] ?? '';
  return path.startsWith('#/') && path !== PATHS.home && routeOf(hash) === 'home';
}

/** What follows a route in a hash, step by step: `duties`, `counting`. */
export function restOf(hash: string): string[] {
  const path = hash.split('?')[0] ?? '';
  return path.slice(PATHS[routeOf(hash)].length).split('/').filter(Boolean);
}

class Router {
  #hash = $state('');
  readonly #route = $derived(routeOf(this.#hash));
  readonly #rest = $derived(restOf(this.#hash));

  constructor() {
    if (typeof location === 'undefined') return;
    this.#hash = location.hash;
    addEventListener('hashchange', () => (this.#hash = location.hash));
  }

  get route(): Route {
    return this.#route;
  }

  /** Whether the address names a page that does not exist; then the home page is shown. */
  get unknown(): boolean {
    return isUnknown(this.#hash);
  }

  /** The address's part after the `#`, with it. */
  get hash(): string {
    return this.#hash;
  }

  /** The page below the route, step by step. */
  get rest(): readonly string[] {
    return this.#rest;
  }
}

export const router = new Router();
