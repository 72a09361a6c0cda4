import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMac, parseDnsSearch, parseExtraHost, parseIp } from '../../../../src/engine/run/addresses';
import {
  checkDeviceRule,
  parseDevice,
  parseDeviceBytes,
  parseDeviceOperations,
  parseDeviceWeight,
} from '../../../../src/engine/run/devices';
import { parseGpus } from '../../../../src/engine/run/gpus';
import { parseNetwork } from '../../../../src/engine/run/networks';
import { parseBoolean, parseInteger } from '../../../../src/engine/run/numbers';
import { parsePlatform } from '../../../../src/engine/run/platform';
import { parseRestart } from '../../../../src/engine/run/restart';
import { checkSecurityOption, seccompFile, seccompOption } from '../../../../src/engine/run/security';
import { parseUlimit, parseUlimits } from '../../../../src/engine/run/ulimits';
import { expectInvalid, thrownBy } from './expectInvalid';
import { expectLinear } from './linear';

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-5', -5],
    ['+5', 5],
    ['0x1F', 31],
    ['0b101', 5],
    ['0o17', 15],
    ['017', 15],
    ['-017', -15],
  ])('%s', (text, value) => expect(parseInteger(text)).toBe(value));
  it.each(['', '-', '1.5', '08', '0x', '1e3', ' 1', '1 ', '9007199254740993', '１'])('refuses %j', (text) =>
    expectInvalid(() => parseInteger(text), /whole number/),
  );
  it('keeps to a range', () => {
    expectInvalid(() => parseInteger('11', 0, 10), /outside the range 0 to 10/);
    expectInvalid(() => parseInteger('-1', 0), /too small/);
  });
  it('reads what Go calls a boolean', () => {
    expect(['1', 't', 'T', 'TRUE', 'true', 'True'].map(parseBoolean)).not.toContain(false);
    expect(['0', 'f', 'F', 'FALSE', 'false', 'False'].map(parseBoolean)).not.toContain(true);
    for (const text of ['', 'yes', 'tRUE', '2'])
      expectInvalid(() => parseBoolean(text), /neither true nor false/);
  });
});

describe('addresses', () => {
  it.each([
    ['1.1.1.1', '1.1.1.1'],
    [' 1.1.1.1 ', '1.1.1.1'],
    ['2001:0DB8:0:0::0001', '2001:db8::1'],
    ['::ffff:8.8.4.4', '8.8.4.4'],
    ['::', '::'],
  ])('%s', (text, ip) => expect(parseIp(text)).toBe(ip));
  it.each(['', 'localhost', '1.1.1', '1.1.1.256', '01.1.1.1', 'fe80::1%eth0', '[::1]'])(
    'refuses %j',
    (text) => expectInvalid(() => parseIp(text), /IP address/),
  );
  it('takes domains', () => {
    expect(['.', ' a.b ', 'a.b.', 'x-y.z'].map(parseDnsSearch)).toEqual(['.', 'a.b', 'a.b', 'x-y.z']);
    for (const text of ['', '1.2', 'a b', '-a', 'a..b', 'a'.repeat(300)]) {
      expectInvalid(() => parseDnsSearch(text), /domain/);
    }
  });
  it('takes hosts', () => {
    expect(['a:1.1.1.1', 'a=1.1.1.1', 'a:::1', 'a:[::1]', 'a:host-gateway'].map(parseExtraHost)).toEqual([
      'a:1.1.1.1',
      'a:1.1.1.1',
      'a:::1',
      'a:::1',
      'a:host-gateway',
    ]);
    for (const text of ['', 'a', ':1.1.1.1', 'a:', 'a:b']) expectInvalid(() => parseExtraHost(text));
  });
  it('takes MAC addresses', () => {
    for (const text of ['92:d0:c6:0a:29:33', '92-D0-C6-0A-29-33', '92d0.c60a.2933', '']) checkMac(text);
    for (const text of ['92:d0', 'xx:d0:c6:0a:29:33', '92:d0-c6:0a:29:33'])
      expectInvalid(() => checkMac(text));
  });
});

describe('devices', () => {
  it.each([
    ['/dev/a', '/dev/a', '/dev/a', 'rwm'],
    ['/dev/a:r', '/dev/a', '/dev/a', 'r'],
    ['/dev/a:/dev/b', '/dev/a', '/dev/b', 'rwm'],
    ['rel:/dev/b:mr', 'rel', '/dev/b', 'mr'],
    ['/dev//a/../b/', '/dev/b', '/dev/b', 'rwm'],
    ['/a:/', '/a', '/', 'rwm'],
  ])('%s', (text, PathOnHost, PathInContainer, CgroupPermissions) =>
    expect(parseDevice(text)).toEqual({ PathOnHost, PathInContainer, CgroupPermissions }),
  );
  it.each(['', ':', './', 'dev', '/tmp:', ':/a', '/a:b', 'path:rr', '/a:/b:ro', '/a:/b:r:w', 'a:/b:rr'])(
    'refuses %j',
    (text) => expectInvalid(() => parseDevice(text), /device/),
  );
  it('have rules, rates and weights', () => {
    checkDeviceRule('c *:3 rwm');
    expectInvalid(() => checkDeviceRule('c 1:3'), /rule/);
    expect(parseDeviceBytes('/dev/a:1k')).toEqual({ Path: '/dev/a', Rate: 1024 });
    expect(parseDeviceOperations('/dev/a:5')).toEqual({ Path: '/dev/a', Rate: 5 });
    expect(parseDeviceWeight('/dev/a:0')).toEqual({ Path: '/dev/a', Weight: 0 });
    expect(parseDeviceOperations('/dev/a:010')).toEqual({ Path: '/dev/a', Rate: 10 });
    expect(parseDeviceWeight('/dev/a:0100')).toEqual({ Path: '/dev/a', Weight: 100 });
    expect(parseDeviceWeight('/dev/a:500')).toEqual({ Path: '/dev/a', Weight: 500 });
    for (const text of ['/dev/a', 'a:5', '/dev/a:x', '/dev/a:-5', '/dev/a:9', '/dev/a:1001', '/dev/a:0x20']) {
      expectInvalid(() => parseDeviceWeight(text));
      if (!/:\d/.test(text)) expectInvalid(() => parseDeviceBytes(text));
      if (!/:\d/.test(text)) expectInvalid(() => parseDeviceOperations(text));
    }
  });
});

describe('gpus', () => {
  const usual = { Driver: '', Count: 0, DeviceIDs: null, Capabilities: [['gpu']], Options: {} };
  it.each([
    ['all', { Count: -1 }],
    ['2', { Count: 2 }],
    ['device=0', { DeviceIDs: ['0'] }],
    ['"device=0,1",driver=x', { DeviceIDs: ['0', '1'], Driver: 'x' }],
    ['driver=x', { Driver: 'x', Count: 1 }],
    [
      '"capabilities=a,b","options=c=d,e"',
      { Count: 1, Capabilities: [['a', 'b', 'gpu']], Options: { c: 'd', e: '' } },
    ],
  ])('%s', (text, request) => expect(parseGpus(text)).toEqual({ ...usual, ...request }));
  it.each(['', 'x', 'count=x', 'count=1,count=2', 'color=red', 'device="0'])('refuses %j', (text) =>
    expectInvalid(() => parseGpus(text)),
  );
});

describe('platforms', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['Linux/X86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm', 'linux/arm'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['arm64', 'linux/arm64'],
    ['macos/arm64', 'darwin/arm64'],
    ['a/b/c', 'a/b/c'],
  ])('%s', (text, platform) => expect(parsePlatform(text)).toBe(platform));
  it('fills in what this machine is', () => {
    expect(parsePlatform('windows')).toMatch(/^windows\/(amd64|arm64|arm|386|\w+)$/);
  });
  it.each(['', 'bogus', 'linux/', 'linux/*', 'a/b/c/d', 'li nux/amd64'])('refuses %j', (text) =>
    expectInvalid(() => parsePlatform(text), /platform/),
  );
});

it('restart policies', () => {
  expect(parseRestart('')).toEqual({ Name: '', MaximumRetryCount: 0 });
  expect(parseRestart('unless-stopped')).toEqual({ Name: 'unless-stopped', MaximumRetryCount: 0 });
  expect(parseRestart('on-failure:5')).toEqual({ Name: 'on-failure', MaximumRetryCount: 5 });
  expect(parseRestart('always:0')).toEqual({ Name: 'always', MaximumRetryCount: 0 });
  for (const text of [
    'never',
    'Always',
    'on-failure:x',
    'on-failure:-1',
    'always:3',
    'a:b:c',
    'on-failure:',
  ]) {
    expectInvalid(() => parseRestart(text));
  }
});

it('ulimits', () => {
  expect(parseUlimits(['nproc=5', 'core=-1', 'nproc=010:20', 'nofile=1:-1'])).toEqual([
    { Name: 'core', Soft: -1, Hard: -1 },
    { Name: 'nofile', Soft: 1, Hard: -1 },
    { Name: 'nproc', Soft: 10, Hard: 20 },
  ]);
  for (const text of [
    '',
    'nofile',
    'nofile=',
    'nofile=x',
    'nofile=1:2:3',
    'bogus=1',
    'nofile=2:1',
    'nofile=-1:5',
  ]) {
    expectInvalid(() => parseUlimit(text));
  }
});

describe('security options', () => {
  it('name a profile, or not', () => {
    expect(['seccomp=a.json', 'seccomp:b.json'].map(seccompFile)).toEqual(['a.json', 'b.json']);
    const others = ['seccomp=unconfined', 'seccomp=builtin', 'seccomp={}', 'no-new-privileges', 'label=x'];
    expect(others.map(seccompFile)).toEqual(others.map(() => undefined));
    expectInvalid(() => checkSecurityOption('bogus'), /security option/);
  });
  it('hold the profile without blanks, and else as it was written', () => {
    expect(seccompOption('{\n "a b" : [ 1e400, "x \\" y" ]\t}', 'p')).toBe(
      'seccomp={"a b":[1e400,"x \\" y"]}',
    );
    expectInvalid(() => seccompOption('{', 'p.json'), /p\.json is not JSON/);
  });
});

it('networks', () => {
  expect(parseNetwork('my-net')).toMatchObject({ target: 'my-net', aliases: [] });
  expect(
    parseNetwork('name=Net,alias=A,alias=b,driver-opt=k=v,ip=10.0.0.1,link-local-ip=169.254.1.1'),
  ).toMatchObject({
    target: 'net',
    aliases: ['a', 'b'],
    driverOptions: { k: 'v' },
    ip: '10.0.0.1',
    linkLocalIps: ['169.254.1.1'],
  });
  for (const text of [
    '',
    ' ',
    'alias=x',
    'name=net,bogus=1',
    'name=net,x',
    'name=net,driver-opt=k',
    'name=net,mac-address=xx',
    'name=net,gw-priority=x',
  ]) {
    expectInvalid(() => parseNetwork(text));
  }
});

it('nothing but their own error is thrown, in linear time', () => {
  const parsers = [
    parseInteger,
    parseIp,
    parseDnsSearch,
    parseExtraHost,
    checkMac,
    parseDevice,
    parseDeviceBytes,
    parseDeviceWeight,
    checkDeviceRule,
    parseGpus,
    parsePlatform,
    parseRestart,
    parseUlimit,
    checkSecurityOption,
    seccompFile,
    parseNetwork,
  ];
  const all = (text: string) => {
    for (const parse of parsers) thrownBy(() => parse(text));
  };
  const unit = fc.constantFrom(...Array.from('a0:=/.,-"[]r '));
  fc.assert(fc.property(fc.string({ unit, maxLength: 30 }), all));
  expectLinear(['a', '0', ':', '=', '/', '.', 'a.', 'a-', '-', '"', '[', ' ', '/dev/'], all);
  expectLinear(['"', ' ', '\\', '[', '{"a":'], (text) => seccompOption(text, 'p'));
});
