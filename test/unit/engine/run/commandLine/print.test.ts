import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRunLine } from '../../../../../src/engine/run/commandLine/parse';
import { runArguments, runLine } from '../../../../../src/engine/run/commandLine/print';
import type { RunSpec } from '../../../../../src/engine/run/spec';

describe('printed lines', () => {
  it('look like what people write', () => {
    const spec: RunSpec = {
      image: 'nginx:1',
      detach: true,
      interactive: true,
      remove: true,
      tty: true,
      name: 'web',
      ports: ['8080:80'],
      volumes: ['/a b:/c'],
      env: { GREETING: 'hello you' },
      passEnv: ['HOME'],
      labels: { a: 'b' },
      command: ['sh', '-c', 'echo "$X"'],
    };
    expect(runLine(spec)).toBe(
      `docker run -dit --rm --name web -p 8080:80 -v '/a b:/c' -e 'GREETING=hello you' -e HOME --label a=b nginx:1 sh -c 'echo "$X"'`,
    );
    expect(runLine({ image: 'x', interactive: true, tty: true }, { program: 'podman' })).toBe(
      'podman run -it x',
    );
  });

  it('put the rest of an entrypoint before the command', () => {
    const spec = { image: 'x', entrypoint: ['/bin/sh', '-c'], command: ['ls'] };
    expect(runArguments(spec)).toEqual(['--entrypoint', '/bin/sh', 'x', '-c', 'ls']);
    expect(runArguments({ image: 'x', entrypoint: [] })).toEqual(['--entrypoint', '', 'x']);
  });

  it('say nothing of what is not said on a command line, or is so anyway', () => {
    expect(
      runArguments({ image: 'x', engine: 'e', show: false, remove: false, init: false, sigProxy: true }),
    ).toEqual(['--init=false', 'x']);
  });

  it('hide secrets when asked to', () => {
    const spec: RunSpec = {
      image: 'x',
      env: {
        DB_PASSWORD: 'p1',
        API_KEY: 'p2',
        DB_URL: 'postgres://me:p3@db/x',
        AUTHOR: 'me',
        EMPTY_TOKEN: '',
      },
      labels: { 'com.example.secret': 'p4' },
      logOpts: { 'splunk-token': 'p5' },
      healthCommand: 'curl http://me:p6@localhost',
      command: ['serve', '--password', 'p7', '--token=p8', 'plain', 'PGPASSWORD=p9'],
    };
    const line = runLine(spec, { maskSecrets: true });
    expect(line).not.toMatch(/p\d/);
    expect(line).toContain('postgres://me:***@db/x');
    expect(line).toContain('AUTHOR=me');
    expect(line).toContain('EMPTY_TOKEN=');
    expect(line).toContain('plain');
    expect(runLine(spec)).toMatch(/p1.*p9/);
  });
});

describe('parse(print(spec)) is spec', () => {
  const value = fc.string({
    unit: fc.constantFrom(...Array.from('ab1 \'"\\`^$(){}%~#;&|<>=-,é')),
    maxLength: 10,
  });
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,6}$/);
  const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(name, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const yes = fc.constant(true);
  const specs: fc.Arbitrary<RunSpec> = fc.record(
    {
      image: fc.constantFrom('nginx', 'localhost:5000/team/app:1.0'),
      command: some(value),
      entrypoint: fc.tuple(value),
      name: fc.stringMatching(/^[a-z][a-z0-9_.-]{1,5}$/),
      interactive: yes,
      tty: yes,
      remove: yes,
      init: fc.boolean(),
      sigProxy: fc.constant(false),
      env: map,
      labels: map,
      logOpts: map,
      tmpfs: some(value),
      capAdd: some(value),
      groupAdd: some(value),
      hostname: value,
      user: value,
      workdir: value,
      healthCommand: value,
      cpusetCpus: value,
      ports: some(fc.constantFrom('80', '[::1]:80:80/udp', 'target=80,published=81')),
      mounts: some(fc.constantFrom('type=bind,src=/a,dst=/b', '"volume-opt=o=a,b",dst=/c')),
      cpuShares: fc.integer(),
      oomScoreAdj: fc.integer({ min: -1000, max: 1000 }),
      network: fc.constantFrom('net', 'name=net,alias=x'),
      furtherNetworks: fc.constant(['other']),
    },
    { requiredKeys: ['image', 'network'] },
  );

  it.each(['sh', 'powershell', 'cmd'] as const)('in %s', (shell) => {
    fc.assert(
      fc.property(specs, (spec) => {
        expect(parseRunLine(runLine(spec, { shell }), shell).spec).toEqual(spec);
      }),
      { numRuns: 50 },
    );
  });
});
