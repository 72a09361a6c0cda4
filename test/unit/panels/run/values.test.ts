import { describe, expect, test } from 'vitest';
import { differences } from '../../../../src/engine/run/difference';
import { parseRunLine } from '../../../../src/engine/run/commandLine/parse';
import { fromValues, toValues, withSecrets } from '../../../../src/panels/run/values';

const LINE =
  'docker run -dit --name web --init -p 127.0.0.1:8080:80 -p 53:53/udp -v data:/data -e A=1 -e "B=x y" -e HOME ' +
  "--label l='a=b' --entrypoint /bin/sh --memory 64m --cpus 1.5 --restart on-failure:3 --network n --network m " +
  '--pids-limit 100 --gpus all --log-opt max-size=1m --ulimit nofile=1:2 image:1 -c "echo \'hi\'"';

describe('a form', () => {
  test('gives back what it was filled with', () => {
    const { spec } = parseRunLine(LINE);
    const { furtherNetworks } = spec;
    const read = fromValues(toValues(spec), { ...(furtherNetworks && { furtherNetworks }) });
    expect([...read.problems]).toEqual([]);
    expect(read.spec).toEqual(spec);
    expect(differences(spec, read.spec)).toEqual([]);
  });

  test('says of each field what is wrong with it', () => {
    const values = {
      ...toValues({ image: 'nginx' }),
      ports: ['80:x', '1:1'],
      memory: 'lots',
      pidsLimit: 'x',
    };
    expect([...fromValues(values).problems.keys()].sort()).toEqual(['memory', 'pidsLimit', 'ports']);
    expect([...fromValues(toValues({})).problems.keys()]).toEqual(['image']);
    const { items } = fromValues(values);
    expect([...items]).toEqual([['ports', 0]]);
    const names = { ...toValues({ image: 'nginx' }), env: ['A=1', 'HOME', '=x'], labels: ['a=b', '=c'] };
    expect([...fromValues(names).items]).toEqual([
      ['env', 2],
      ['labels', 1],
    ]);
    const both = { ...toValues({ image: 'nginx' }), remove: true, restart: 'always' };
    expect([...fromValues(both).problems.keys()]).toEqual(['restart']);
  });

  test('takes nothing of another shape', () => {
    const { spec, problems } = fromValues({
      image: 'nginx',
      ports: 5,
      env: [1, 'A=1'],
      tty: 'yes',
      name: {},
    });
    expect([...problems]).toEqual([]);
    expect(spec).toEqual({ image: 'nginx', env: { A: '1' } });
  });

  test('keeps a secret that the line showed masked', () => {
    const before = { image: 'i', env: { TOKEN: 'abc', A: '1' } };
    expect(withSecrets({ image: 'i', env: { TOKEN: '***', A: '***' } }, before).env).toEqual({
      TOKEN: 'abc',
      A: '1',
    });
  });
});

test('what differs, and what of it can be changed while it runs', () => {
  const before = { image: 'a', name: 'web', memory: '64m', env: { A: '1' } };
  const after = { image: 'b', name: 'shop', memory: '1g', env: { A: '1', B: '2' }, detach: true };
  expect(differences(before, after)).toEqual([
    { field: 'image', name: 'image', before: 'a', after: 'b', live: false },
    { field: 'name', name: '--name', before: 'web', after: 'shop', live: true },
    { field: 'env', name: '--env', before: 'A=1', after: 'A=1\nB=2', live: false },
    { field: 'memory', name: '--memory', before: '64m', after: '1g', live: true },
  ]);
  expect(differences({ image: 'a', memory: '64m' }, { image: 'a' })[0]?.live).toBe(false);
});

test('words that are other words only to a shell are a difference', () => {
  const said = (command: string[], other: string[]) =>
    differences({ image: 'a', command }, { image: 'a', command: other });
  expect(said(['sh', '-c', 'echo hi'], ['sh', '-c', 'echo', 'hi'])).toEqual([
    { field: 'command', name: 'command', before: "sh -c 'echo hi'", after: 'sh -c echo hi', live: false },
  ]);
  expect(said(['a'], ['a'])).toEqual([]);
  const entry = differences(
    { image: 'a', entrypoint: ['sh', '-c'] },
    { image: 'a', entrypoint: ['sh', '-x'] },
  );
  expect(entry.map(({ before, after }) => [before, after])).toEqual([['sh -c', 'sh -x']]);
  expect(
    differences({ image: 'a', env: { A: '1\nB=2' } }, { image: 'a', env: { A: '1', B: '2' } }),
  ).toHaveLength(1);
  expect(differences({ image: 'a' }, { image: 'a', passEnv: ['HOME'] })).toMatchObject([{ after: 'HOME' }]);
});

test('no name is no wish for another one', () => {
  expect(differences({ image: 'a', name: 'web' }, { image: 'a' })).toEqual([]);
});
