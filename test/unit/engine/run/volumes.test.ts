import { describe, expect, it } from 'vitest';
import { parseVolume, volumesBody } from '../../../../src/engine/run/volumes';
import { expectInvalid } from './expectInvalid';
import { expectLinear } from './linear';

describe('volumes', () => {
  it.each([
    ['/data', undefined, '/data', [], false],
    ['data:/data', 'data', '/data', [], false],
    ['/host:/ctr:ro,z', '/host', '/ctr', ['ro', 'z'], true],
    ['./a:/b', './a', '/b', [], true],
    ['~/a:/b', '~/a', '/b', [], true],
    ['C:\\a:/b', 'C:\\a', '/b', [], true],
    ['C:\\a:D:\\b:ro', 'C:\\a', 'D:\\b', ['ro'], true],
    ['C:\\a', undefined, 'C:\\a', [], false],
    ['\\\\.\\pipe\\x:\\\\.\\pipe\\y', '\\\\.\\pipe\\x', '\\\\.\\pipe\\y', [], true],
    ['/a', undefined, '/a', [], false],
  ])('%s', (text, source, target, options, isBind) =>
    expect(parseVolume(text)).toEqual({ ...(source !== undefined && { source }), target, options, isBind }),
  );

  it.each([
    ['', /Give a volume/],
    [':/a', /empty/],
    ['/a::/b', /empty/],
    ['/a:', /empty/],
    ['/a:/b:ro:x', /too many colons/],
  ])('refuses %j', (text, about) => expectInvalid(() => parseVolume(text), about));

  it('are binds or anonymous for the engine, each once, with absolute paths where the folder is known', () => {
    const texts = ['./a:/a', '../b:/b:ro', 'data:/d', '/anonymous', '/x:/x', '/x:/x'];
    expect(volumesBody(texts)).toEqual({
      binds: ['./a:/a', '../b:/b:ro', 'data:/d', '/x:/x'],
      volumes: { '/anonymous': {} },
    });
    expect(volumesBody(texts, '/home/me').binds).toEqual([
      '/home/me/a:/a',
      '/home/b:/b:ro',
      'data:/d',
      '/x:/x',
    ]);
  });

  it('take linear time', () => expectLinear([':', 'a:', '/', 'C:'], parseVolume));
});
