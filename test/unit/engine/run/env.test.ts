import { describe, expect, it } from 'vitest';
import { checkEnv, parseEnvFile, parseLabelFile } from '../../../../src/engine/run/env';
import { proxyEnv } from '../../../../src/engine/run/proxies';
import { expectInvalid } from './expectInvalid';
import { expectLinear } from './linear';

const read = (content: string, env: Record<string, string> = {}) =>
  parseEnvFile(Buffer.from(content), 'x.env', env);

describe('env-files', () => {
  it.each<[string, string[]]>([
    ['A=1\nB=2\n', ['A=1', 'B=2']],
    ['A="q"\nB=\'q\' \nC=a#b\nD=$A\nE=\\n', ['A="q"', "B='q' ", 'C=a#b', 'D=$A', 'E=\\n']],
    ['\uFEFFA=1\r\nB=2\r\n', ['A=1', 'B=2']],
    ['# c\n\n   \n \t# c\n  A= 1 ', ['A= 1 ']],
    ['A=\nB==\nC=x=y', ['A=', 'B==', 'C=x=y']],
    ['HOME\nNOWHERE\nA', ['HOME=/home/me', 'A=']],
    ['\u0085\u00a0\u2003A=1\n\uFEFFB=1', ['A=1', '\uFEFFB=1']],
    ['é=ü', ['é=ü']],
    [`A=${'x'.repeat(65_533)}\n`, [`A=${'x'.repeat(65_533)}`]],
  ])('%j', (content, lines) => expect(read(content, { HOME: '/home/me', A: '' })).toEqual(lines));

  it.each<[string | Buffer, RegExp]>([
    ['A=1\nB C=2', /Line 2 of x.env has a blank in the name "B C"/],
    ['export A=1', /blank/],
    ['A\tB', /blank/],
    ['=1', /Line 1 of x.env has no name/],
    [Buffer.from([0x41, 0x3d, 0xff]), /UTF-8/],
    [`A=${'x'.repeat(65_534)}\n`, /Line 1 of x.env is too long/],
    [`A=1\n#${'é'.repeat(32_768)}`, /Line 2 of x.env is too long/],
  ])('refuse %j', (content, about) =>
    expectInvalid(() => parseEnvFile(Buffer.from(content), 'x.env', {}), about),
  );

  it('leave out labels without a value', () => {
    expect(parseLabelFile(Buffer.from('a=1\nb\nc='), 'x')).toEqual(['a=1', 'c=']);
  });

  it('take linear time', () =>
    expectLinear(['\n', 'A=1\n', ' ', '=', '\u2003', '#\n'], (text) => read(text)));
});

it('a variable has a name', () => {
  checkEnv('A');
  checkEnv('A=');
  expectInvalid(() => checkEnv(''), /names no variable/);
  expectInvalid(() => checkEnv('=x'), /names no variable/);
});

describe('proxies', () => {
  const proxies = {
    default: { httpProxy: 'http://d', noProxy: '', ftpProxy: 7 },
    'unix:///x.sock': { httpsProxy: 'http://x', allProxy: 'socks://a' },
  };
  it('come from the settings of the engine, else from the default ones', () => {
    expect(proxyEnv(proxies, undefined, new Set())).toEqual(['HTTP_PROXY=http://d', 'http_proxy=http://d']);
    expect(proxyEnv(proxies, 'unix:///x.sock', new Set(['HTTPS_PROXY']))).toEqual([
      'https_proxy=http://x',
      'ALL_PROXY=socks://a',
      'all_proxy=socks://a',
    ]);
    expect(proxyEnv({}, 'unix:///x.sock', new Set())).toEqual([]);
  });
});
