/** Hash routes: the built site runs from any folder of any host, without a server that knows it. */
import { CASES } from '../../contract/index.ts';

export const ROUTES = ['home', ...CASES, 'together', 'bench', 'feasibility', 'about'] as const;
export type Route = (typeof ROUTES)[number];

const PATHS = Object.fromEntries(
  ROUTES.map((route) => [route, route === 'home' ? '#/' : `#/${route}`]),
) as Record<Route, string>;

/** Address of a route, for links. */
export const href = (route: Route): string => PATHS[route];

/** The route of a hash; anything unknown leads home. */
export function routeOf(hash: string): Route {
  const path = hash.split('?')[0];
  return ROUTES.find((route) => PATHS[route] === path) ?? 'home';
}

class Router {
  #route = $state<Route>('home');

  constructor() {
    if (typeof location === 'undefined') return;
    this.#route = routeOf(location.hash);
    addEventListener('hashchange', () => (this.#route = routeOf(location.hash)));
  }

  get route(): Route {
    return this.#route;
  }
}

export const router = new Router();
