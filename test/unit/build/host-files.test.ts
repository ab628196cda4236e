/** Every file for a host says what `build/headers.ts` says, whatever its format. */
import { describe, expect, it } from 'vitest';
import { securityHeaders } from '../../../build/headers.ts';
import { HOST_FILES } from '../../../build/host-files.ts';

const FLAVOURS = {
  'nobody may frame': securityHeaders({ frameHash: 'abc+/=' }),
  'two sites may frame': securityHeaders({
    frameHash: 'abc+/=',
    ancestors: ['https://a.example', 'https://b.example:8443'],
  }),
};

describe.each(Object.entries(HOST_FILES))('%s', (_path, { write, read }) => {
  it.each(Object.entries(FLAVOURS))('gives a host the headers of the source: %s', (_flavour, headers) => {
    expect(read(write(headers))).toEqual(headers);
  });

  it('is not written for a value that would end early', () => {
    for (const value of ['a"b', 'a\nb', 'a$b', 'a\\b'])
      expect(() => write({ 'X-Test': value })).toThrow(value);
  });
});

describe('in nginx', () => {
  it.each(['hosts/nginx.conf', 'hosts/container.conf'])('%s names every type of the site', (path) => {
    const text = HOST_FILES[path]!.write({});
    const types = /types \{([^}]*)\}/.exec(text)![1]!;
    for (const ending of ['html', 'js', 'css', 'json', 'wasm', 'webmanifest', 'svg', 'mp4', 'png', 'jpg'])
      expect(types).toMatch(new RegExp(`\\s${ending};`));
  });
});

describe('who may frame the site', () => {
  it('is nobody as long as the build names nobody', () => {
    const headers = FLAVOURS['nobody may frame'];
    expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'");
    expect(headers['Cross-Origin-Resource-Policy']).toBe('same-origin');
  });

  it('is who the build names, and nothing else changes', () => {
    const [none, two] = Object.values(FLAVOURS);
    const policy = two!['Content-Security-Policy']!;
    expect(policy).toContain('frame-ancestors https://a.example https://b.example:8443');
    expect(policy.replace(/frame-ancestors .*$/, "frame-ancestors 'none'")).toBe(
      none!['Content-Security-Policy'],
    );
    const others = (headers: Record<string, string>) =>
      Object.entries(headers).filter(
        ([name]) => !['Content-Security-Policy', 'Cross-Origin-Resource-Policy'].includes(name),
      );
    expect(others(two!)).toEqual(others(none!));
  });
});
