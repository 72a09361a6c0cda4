import { expect, test } from 'vitest';
import { masked, valueAt } from '../../../../src/panels/details/masked';

const inspected = {
  Name: '/web',
  Config: {
    Env: ['PATH=/bin', 'DB_PASSWORD=hunter2', 'URL=https://joe:s3cret@db/x'],
    Cmd: ['server', '--token', 'abc', '--port', '80'],
    Labels: { 'my.api-key': 'k-123', plain: 'yes' },
    Healthcheck: { Test: ['CMD', 'curl', '--password=pw1'] },
  },
  State: { Pid: 12, Health: { Log: [{ Output: 'https://a:b2@c' }] } },
};

test('no secret is left in the copy, and each place is told', () => {
  const { value, places } = masked(inspected);
  const text = JSON.stringify(value);
  for (const secret of ['hunter2', 's3cret', 'abc', 'k-123', 'pw1', 'b2']) expect(text).not.toContain(secret);
  expect(value).toMatchObject({ Name: '/web', State: { Pid: 12 }, Config: { Labels: { plain: 'yes' } } });
  expect(places).toEqual([
    '["Config","Env",1]',
    '["Config","Env",2]',
    '["Config","Cmd",2]',
    '["Config","Labels","my.api-key"]',
    '["Config","Healthcheck","Test",2]',
    '["State","Health","Log",0,"Output"]',
  ]);
});

test('what was read is not changed, and a place answers with all that stands there', () => {
  masked(inspected);
  expect(valueAt(inspected, ['Config', 'Env', 1])).toBe('DB_PASSWORD=hunter2');
  expect(JSON.parse(valueAt(inspected, ['Config', 'Cmd']))).toEqual(inspected.Config.Cmd);
  expect(valueAt(inspected, ['State', 'Pid'])).toBe('12');
});

test('a path of any shape is only looked up, and never leads out of the object', () => {
  for (const path of [['constructor'], ['Config', '__proto__'], ['Name', 'length'], [{}], ['no', 'where']])
    expect(valueAt(inspected, path)).toMatch(/^(?:|4)$/);
  expect(JSON.parse(valueAt(inspected, 'Name'))).toEqual(inspected);
});
