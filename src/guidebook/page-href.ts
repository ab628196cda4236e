/** Address of a page of the guidebook, and of a place on it: `pageHref('duties', 'counting')`. */
export const pageHref = (...steps: readonly string[]): string => ['#/guidebook', ...steps].join('/');
