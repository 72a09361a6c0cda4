import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, parseCsv } from '../../../../src/engine/run/csv';
import { parseMount } from '../../../../src/engine/run/mounts';
import { expectInvalid, thrownBy } from './expectInvalid';
import { expectLinear } from './linear';

describe('mounts', () => {
  it.each([
    ['target=/a', { Type: 'volume', Target: '/a' }],
    ['type=BIND,src=./x,dst=/a,ro', { Type: 'bind', Source: './x', Target: '/a', ReadOnly: true }],
    [
      'type=bind,source=/x,destination=/a,readonly=false,bind-propagation=RSLAVE,bind-nonrecursive,bind-create-src',
      {
        Type: 'bind',
        Source: '/x',
        Target: '/a',
        ReadOnly: false,
        BindOptions: { Propagation: 'rslave', NonRecursive: true, CreateMountpoint: true },
      },
    ],
    [
      'type=bind,src=/x,dst=/a,bind-recursive=readonly',
      { Type: 'bind', Source: '/x', Target: '/a', BindOptions: { ReadOnlyForceRecursive: true } },
    ],
    [
      '"volume-opt=o=addr=1,rw",volume-opt=type=nfs,volume-driver=local,volume-label=a,volume-nocopy,dst=/a',
      {
        Type: 'volume',
        Target: '/a',
        VolumeOptions: {
          NoCopy: true,
          Labels: { a: '' },
          DriverConfig: { Name: 'local', Options: { o: 'addr=1,rw', type: 'nfs' } },
        },
      },
    ],
    [
      'type=tmpfs,dst=/a,tmpfs-size=1m,tmpfs-mode=1777',
      { Type: 'tmpfs', Target: '/a', TmpfsOptions: { SizeBytes: 1048576, Mode: 0o1777 } },
    ],
    [
      'type=image,src=x,dst=/a,image-subpath=b',
      { Type: 'image', Source: 'x', Target: '/a', ImageOptions: { Subpath: 'b' } },
    ],
  ])('%s', (text, mount) => expect(parseMount(text)).toEqual(mount));

  it.each([
    ['', /list of fields/],
    ['type=bind', /nowhere to mount/],
    ['type=,dst=/a', /empty type/],
    ['bogus=1,dst=/a', /not a key/],
    ['dst', /no value/],
    ['dst=/a,ro=maybe', /neither true nor false/],
    ['type=bind,dst=/a,volume-nocopy', /no volume-… keys/],
    ['type=volume,dst=/a,bind-propagation=private', /no bind-… keys/],
    ['type=volume,dst=/a,tmpfs-size=1', /no tmpfs-… keys/],
    ['type=tmpfs,dst=/a,tmpfs-size=x', /size/],
    ['type=tmpfs,dst=/a,tmpfs-mode=888', /file mode/],
    ['type=bind,dst=/a,bind-recursive=x', /enabled/],
    ['dst="/a', /double quote/],
    ['dst=/a\n', /list of fields/],
  ])('refuses %j', (text, about) => expectInvalid(() => parseMount(text), about));

  it('make a relative bind absolute, and nothing else', () => {
    expect(parseMount('type=bind,src=./x,dst=/a', '/home/me')['Source']).toBe('/home/me/x');
    expect(parseMount('src=./x,dst=/a', '/home/me')['Source']).toBe('./x');
  });

  it('keep labels with names special to JavaScript', () => {
    const labels = JSON.stringify(parseMount('volume-label=__proto__=x,dst=/a'));
    expect(labels).toContain('"Labels":{"__proto__":"x"}');
  });

  it('throw nothing but their own error, in linear time', () => {
    const unit = fc.constantFrom(...Array.from('abcdst=,"/-1\n'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => void thrownBy(() => parseMount(text))),
    );
    expectLinear(['"', '""', ',', 'a=b,', '"a",'], parseMount);
  });
});

describe('records with commas', () => {
  it('read back what they write', () => {
    const field = fc.string({ unit: fc.constantFrom(...Array.from('ab,"= \r\n')) });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        if (fields.join('') === '' && fields.length === 1) return;
        expect(parseCsv(csvText(fields))).toEqual(fields);
      }),
    );
  });
});
