import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  familiarName,
  familiarString,
  parseImage,
  parseReference,
  referenceString,
  repositoryName,
  withDefaultTag,
} from '../../../../src/engine/run/reference';
import { expectInvalid, thrownBy } from './expectInvalid';
import { expectLinear } from './linear';

const HEX = 'a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4';
const DIGEST = `sha256:${HEX}`;

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx', 'nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27', 'nginx:1.27'],
    ['team/app', 'docker.io/team/app', 'team/app'],
    ['library/nginx', 'docker.io/library/nginx', 'nginx'],
    ['docker.io/nginx', 'docker.io/library/nginx', 'nginx'],
    ['index.docker.io/library/nginx:x', 'docker.io/library/nginx:x', 'nginx:x'],
    ['localhost/app', 'localhost/app', 'localhost/app'],
    ['localhost:5000/team/app:1', 'localhost:5000/team/app:1', 'localhost:5000/team/app:1'],
    ['Registry/app', 'Registry/app', 'Registry/app'],
    ['[2001:db8::1]:5000/app', '[2001:db8::1]:5000/app', '[2001:db8::1]:5000/app'],
    ['ghcr.io/a/b/c__d-e.f', 'ghcr.io/a/b/c__d-e.f', 'ghcr.io/a/b/c__d-e.f'],
    [`busybox:1.36@${DIGEST}`, `docker.io/library/busybox:1.36@${DIGEST}`, `busybox:1.36@${DIGEST}`],
    ['a--b', 'docker.io/library/a--b', 'a--b'],
  ])('%s', (text, full, familiar) => {
    const reference = parseReference(text);
    expect(referenceString(reference)).toBe(full);
    expect(familiarString(reference)).toBe(familiar);
  });

  it('adds the default tag only where there is neither tag nor digest', () => {
    const tagged = (text: string) => referenceString(withDefaultTag(parseReference(text)));
    expect(tagged('nginx')).toBe('docker.io/library/nginx:latest');
    expect(tagged('nginx:1')).toBe('docker.io/library/nginx:1');
    expect(tagged(`nginx@${DIGEST}`)).toBe(`docker.io/library/nginx@${DIGEST}`);
    expect(repositoryName(parseReference('nginx:1'))).toBe('docker.io/library/nginx');
    expect(familiarName(parseReference('docker.io/library/a/b'))).toBe('library/a/b');
  });

  it.each([
    ['', /name of an image/],
    ['Nginx', /lower case/],
    ['team/App:1', /lower case/],
    ['nginx:', /tag/],
    ['nginx:-x', /tag/],
    [`nginx:${'a'.repeat(129)}`, /tag/],
    ['nginx@sha256:abc', /digest/],
    [`nginx@sha256:${HEX.toUpperCase()}`, /digest/],
    [`nginx@sha256:${HEX}0`, /digest/],
    [`nginx@sha512:${HEX}`, /digest/],
    [`nginx@md5:${HEX}`, /digest/],
    ['a b', /not an image name/],
    ['a___b', /not an image name/],
    ['-a', /not an image name/],
    ['a//b', /not an image name/],
    ['-x.io/app', /registry/],
    ['x.io:port/app', /registry/],
    [HEX, /image id/],
    ['a'.repeat(300), /too long/],
  ])('refuses %j', (text, about) => expectInvalid(() => parseReference(text), about));

  it('takes ids and digests as images', () => {
    expect(parseImage(HEX)).toEqual({ id: DIGEST });
    expect(parseImage(DIGEST)).toEqual({ id: DIGEST });
    expect(parseImage('nginx')).toEqual({ domain: 'docker.io', path: 'library/nginx' });
  });

  it('reads its own output back, and throws nothing but its own error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aB0._-/:@[]~ é')) }), (text) => {
        if (thrownBy(() => parseReference(text))) return;
        const reference = parseReference(text);
        expect(parseReference(referenceString(reference))).toEqual(reference);
        expect(parseReference(familiarString(reference))).toEqual(reference);
      }),
    );
  });

  it('takes linear time', () => {
    expectLinear(['a', 'a-', '-', '_', 'a.', 'a/', 'a:', '[', '.a'], (text) => {
      thrownBy(() => parseReference(`x.io/${text.slice(0, 28)}!`));
      parseImage(text);
    });
  });
});
