import { describe, expect, it } from 'vitest';
import { embedOrigins } from '../../../build/embed-origins.ts';

describe('origins that may frame the site', () => {
  it.each([undefined, '', '  \n'])('are none where nothing is named (%j)', (text) => {
    expect(embedOrigins(text)).toEqual([]);
  });

  it('are those named, each once', () => {
    expect(embedOrigins(' https://a.example  https://b.example:8443\nhttps://a.example')).toEqual([
      'https://a.example',
      'https://b.example:8443',
    ]);
  });

  it('may be without https on this machine', () => {
    expect(embedOrigins('http://localhost:4321 http://127.0.0.1:1')).toHaveLength(2);
  });

  it.each([
    '*',
    'https://*.example',
    'https:',
    'https://a.example/',
    'https://a.example/path',
    'http://a.example',
    'a.example',
    "'self'",
    'https://a.example; script-src',
    'data:',
    'https://user@a.example',
  ])('are not %s', (text) => {
    expect(() => embedOrigins(text)).toThrow('INCAM_EMBED');
  });
});
