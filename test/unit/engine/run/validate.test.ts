import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { FLAGS } from '../../../../src/engine/run/flags';
import { FieldError } from '../../../../src/engine/run/invalid';
import { checkConflicts, checkField, checkRunSpec } from '../../../../src/engine/run/validate';
import { expectInvalid, thrownBy } from './expectInvalid';

describe('fields', () => {
  it.each([
    ['image', 'nginx', 'NGINX'],
    ['ports', ['80'], ['x']],
    ['memory', '1g', '1x'],
    ['cpus', '0.5', 'x'],
    ['env', { A: 'b' }, { '': 'b' }],
    ['labels', { a: 'b' }, { 'a b': 'c' }],
    ['restart', 'no', 'sometimes'],
    ['healthInterval', '5s', '-5s'],
    ['memorySwappiness', 50, 101],
    ['sysctls', { 'net.a': '1' }, { 'kernel.hostname': 'x' }],
    ['devices', ['class/guid', '/dev/a'], ['dev']],
    ['pull', 'always', 'often'],
    ['furtherNetworks', ['a'], ['']],
    ['command', ['a'], 'a'],
    ['detach', true, 'yes'],
    ['cpuShares', 5, '5'],
    ['cpuShares', 5, 1.5],
    ['name', '', 'a'],
    ['show', false, 0],
  ] as const)('%s', (field, good, bad) => {
    checkField(field, good);
    checkField(field, undefined);
    const error = thrownBy(() => checkField(field, bad));
    expect(error).toBeInstanceOf(FieldError);
    expect(error).toMatchObject({ field, kind: 'invalid' });
    expect(error?.message).toMatch(/[.…]$/);
  });
});

describe('fields together', () => {
  it.each([
    [{ remove: true, restart: 'always' }, 'restart'],
    [{ detach: true, attach: ['stdout'] }, 'attach'],
    [{ logDriver: 'none', logOpts: { a: 'b' } }, 'logOpts'],
    [{ noHealthcheck: true, healthCommand: 'x' }, 'noHealthcheck'],
    [{ networkAliases: ['x'] }, 'networkAliases'],
    [{ network: 'host', networkAliases: ['x'] }, 'networkAliases'],
    [{ network: 'host', links: ['a'] }, 'links'],
    [{ ip: '1.1.1.1' }, 'ip'],
    [{ network: 'a', furtherNetworks: ['a'] }, 'furtherNetworks'],
    [{ network: 'host', furtherNetworks: ['a'] }, 'network'],
    [{ network: 'name=a,ip=1.1.1.1', ip: '1.1.1.2' }, 'ip'],
  ])('%j', (spec, field) => {
    expect(thrownBy(() => checkConflicts(spec))).toMatchObject({ field, kind: 'invalid' });
  });

  it('may agree', () => {
    checkConflicts({ remove: true, restart: 'no' });
    checkConflicts({ noHealthcheck: true, healthInterval: '0s', healthCommand: '' });
    checkConflicts({ network: 'a', furtherNetworks: ['b'], networkAliases: ['x'], links: ['c'] });
    checkConflicts({ links: ['a'] });
    checkConflicts({ logDriver: 'none', logOpts: {}, detach: true, attach: [] });
  });
});

describe('anything at all', () => {
  it('is a spec or refused', () => {
    expect(checkRunSpec({ image: 'x', env: { A: 'b' }, memory: undefined, engine: 'e' })).toMatchObject({
      image: 'x',
    });
    for (const value of [undefined, null, 5, 'nginx', [], {}, { image: undefined }]) {
      expectInvalid(() => checkRunSpec(value), /which image/);
    }
    expectInvalid(() => checkRunSpec({ image: 'x', port: '80' }), /"port" is not a setting/);
    expectInvalid(() => checkRunSpec({ image: 'x', constructor: 1 }), /not a setting/);
    const circular: Record<string, unknown> = {};
    circular['a'] = circular;
    for (const value of [null, 5n, Symbol('x'), () => 1, circular, [circular], [[]], { a: 1 }]) {
      for (const { field } of FLAGS) {
        const error = thrownBy(() => checkRunSpec({ image: 'x', [field]: value }));
        expect(error, `${field}: ${typeof value}`).toBeInstanceOf(EngineError);
      }
    }
  });
});

describe('the table of flags', () => {
  it('has each name, letter and field once, and an example that its own check takes', () => {
    const names = FLAGS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const letters = FLAGS.flatMap(({ short }) => (short === undefined ? [] : [short]));
    const fields = FLAGS.map(({ field }) => field);
    for (const all of [names, letters, fields]) expect(new Set(all).size).toBe(all.length);
    for (const { check, example } of FLAGS) if (example !== undefined) check?.(example.replaceAll('"', ''));
  });
});
