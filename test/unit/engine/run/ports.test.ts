import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpose, parsePort, portText, publishedPorts } from '../../../../src/engine/run/ports';
import { expectInvalid, thrownBy } from './expectInvalid';
import { expectLinear } from './linear';

/** A mapping as `ip|host|container/protocol`, which keeps the tables readable. */
const flat = (text: string) =>
  parsePort(text).map((p) => `${p.hostIp}|${p.hostPort}|${p.containerPort}/${p.protocol}`);

describe('published ports', () => {
  it.each([
    ['80', ['||80/tcp']],
    ['8080:80', ['|8080|80/tcp']],
    ['8080:80/UDP', ['|8080|80/udp']],
    ['80/sctp', ['||80/sctp']],
    ['80/', ['||80/tcp']],
    [':80', ['||80/tcp']],
    ['127.0.0.1:8080:80', ['127.0.0.1|8080|80/tcp']],
    ['127.0.0.1::80', ['127.0.0.1||80/tcp']],
    ['[::1]:8080:80', ['::1|8080|80/tcp']],
    ['[2001:db8::1]::53/udp', ['2001:db8::1||53/udp']],
    ['0:80', ['|0|80/tcp']],
    ['7000-7001:8000-8001', ['|7000|8000/tcp', '|7001|8001/tcp']],
    ['7000-7001', ['||7000/tcp', '||7001/tcp']],
    ['8000-8010:80', ['|8000-8010|80/tcp']],
    ['8080-8080:80-80', ['|8080|80/tcp']],
    ['target=80,published=8080', ['|8080|80/tcp']],
    ['published=53,target=53,protocol=udp,mode=host', ['|53|53/udp']],
    ['target=80', ['||80/tcp']],
    ['008080:080', ['|8080|80/tcp']],
  ])('%s', (text, mappings) => expect(flat(text)).toEqual(mappings));

  it.each([
    ['', /names no container port/],
    ['8080:', /names no container port/],
    ['8080:/tcp', /names no container port/],
    ['published=80', /names no container port/],
    ['abc:80', /port number/],
    ['8080:http', /port number/],
    ['70000:80', /port number/],
    ['-1:80', /port number/],
    ['80-:80', /port number/],
    ['1-2-3:80', /port number/],
    ['80/icmp', /protocol/],
    ['80/tcp/udp', /protocol/],
    ['1.2.3:80:80', /IP address/],
    ['localhost:80:80', /IP address/],
    ['256.0.0.1:80:80', /IP address/],
    ['[::1%eth0]:80:80', /IP address/],
    ['[]:80:80', /IP address/],
    ['::1:80:80', /brackets/],
    ['9000-8000:80', /lower port first/],
    ['8000-8002:80-81', /equally long/],
    ['80:80-81', /equally long/],
    ['target=80,color=red', /not part of a port/],
    ['target=80,published', /not part of a port/],
  ])('refuses %j', (text, about) => expectInvalid(() => parsePort(text), about));

  it('gives the engine both of its views', () => {
    expect(publishedPorts(['8080:80', '127.0.0.1::80', '53/udp'], ['80', '90-91'])).toEqual({
      exposed: { '80/tcp': {}, '53/udp': {}, '90/tcp': {}, '91/tcp': {} },
      bindings: {
        '80/tcp': [
          { HostIp: '', HostPort: '8080' },
          { HostIp: '127.0.0.1', HostPort: '' },
        ],
        '53/udp': [{ HostIp: '', HostPort: '' }],
      },
    });
  });

  it('exposes without publishing', () => {
    expect(parseExpose('7000-7001/udp')).toEqual(['7000/udp', '7001/udp']);
    expectInvalid(() => parseExpose('80:80'), /--publish/);
    expectInvalid(() => parseExpose('x'), /port number/);
  });
});

describe('properties', () => {
  const port = fc.integer({ min: 0, max: 65535 });
  const mapping = fc.record({
    containerPort: port,
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const),
    hostIp: fc.oneof(fc.constant(''), fc.ipV4(), fc.ipV6()),
    hostPort: fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 65535 }).map(String),
      fc.constant('8000-8009'),
    ),
  });

  it('reads back every mapping it writes', () => {
    fc.assert(
      fc.property(mapping, (given) => {
        expect(parsePort(portText(given))).toEqual([given]);
      }),
    );
  });

  it('throws nothing but its own error', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('0189-:[]./=,tcpubd')), maxLength: 40 });
    fc.assert(fc.property(text, (value) => void thrownBy(() => parsePort(value))));
  });

  it('takes linear time', () => {
    expectLinear(['8', ':', '-', '[', '=', '1.', ',', '/'], (text) => {
      thrownBy(() => parseExpose(text));
      parsePort(text);
    });
  });
});
