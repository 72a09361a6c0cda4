import { describe, expect, it } from 'vitest';
import { parseRunLine } from '../../../../../src/engine/run/commandLine/parse';
import { LineError } from '../../../../../src/engine/run/invalid';
import { thrownBy } from '../expectInvalid';

const spec = (options: string) => parseRunLine(`docker run ${options}`).spec;

describe('how a line begins', () => {
  it.each([
    'docker run x',
    'docker container run x',
    'podman run x',
    'sudo docker run x',
    'sudo -E docker run x',
    '$ docker run x',
    'root@host:~# docker run x',
    '/usr/bin/docker run x',
    '"C:\\\\Program Files\\\\docker.exe" run x',
    'PS C:\\> docker.exe run x',
    '# comment\ndocker run x\n',
    '  docker   run\tx  ',
  ])('%s', (line) => expect(parseRunLine(line).spec).toEqual({ image: 'x' }));

  it.each([
    ['', /Begin the line/],
    ['ls -l', /Begin the line/],
    ['docker', /Only docker run/],
    ['docker ps', /Only docker run/],
    ['docker -H x run y', /Only docker run/],
    ['docker run', /image is missing/],
    ['docker run --rm', /image is missing/],
  ])('refuses %j', (line, about) => {
    const error = thrownBy(() => parseRunLine(line));
    expect(error).toBeInstanceOf(LineError);
    expect(error?.message).toMatch(about);
  });
});

describe('flags', () => {
  it('fill the fields of a spec', () => {
    expect(
      spec(
        '-itd -p8080:80 -p=81:81 --name=web --rm -e A=1 -e "B= b" -m 64m --cpu-shares 0x200 --init=false nginx sh -c "a b"',
      ),
    ).toEqual({
      image: 'nginx',
      command: ['sh', '-c', 'a b'],
      interactive: true,
      tty: true,
      detach: true,
      ports: ['8080:80', '81:81'],
      name: 'web',
      remove: true,
      env: { A: '1', B: ' b' },
      memory: '64m',
      cpuShares: 512,
      init: false,
    });
  });

  it('leave nothing behind when they say what is so anyway', () => {
    expect(spec('--rm=false --sig-proxy --disable-content-trust=1 -d -d=false x')).toEqual({ image: 'x' });
    expect(spec('--sig-proxy=false --disable-content-trust=0 x')).toEqual({
      image: 'x',
      sigProxy: false,
      disableContentTrust: false,
    });
  });

  it('count the last time, or all times', () => {
    expect(spec('--name a1 --name b1 -e A=1 -e A=2 -l x=1 -l x=2 --entrypoint a --entrypoint b x')).toEqual({
      image: 'x',
      name: 'b1',
      env: { A: '2' },
      labels: { x: '2' },
      entrypoint: ['b'],
    });
    expect(spec('--network a --net b --network c --gpus 1 --gpus 2 x')).toEqual({
      image: 'x',
      network: 'a',
      furtherNetworks: ['b', 'c'],
      gpus: '1',
      furtherGpus: ['2'],
    });
  });

  it('tell a variable with a value from one by name', () => {
    expect(spec('-e A -e B=1 -e B -e C -e C=2 x')).toEqual({
      image: 'x',
      passEnv: ['A', 'B'],
      env: { C: '2' },
    });
  });

  it('end at the image, or at --', () => {
    expect(spec('x --rm -p 1:2').command).toEqual(['--rm', '-p', '1:2']);
    expect(spec('--rm -- x -- y')).toEqual({ image: 'x', remove: true, command: ['--', 'y'] });
  });

  it('take names that are special to JavaScript', () => {
    const { env, labels } = spec('-e __proto__=1 -l constructor=2 -l __proto__=3 x');
    expect(Object.entries(env ?? {})).toEqual([['__proto__', '1']]);
    expect(Object.entries(labels ?? {})).toEqual([
      ['constructor', '2'],
      ['__proto__', '3'],
    ]);
  });
});

describe('what a shell would have replaced', () => {
  it('is kept, reported and not checked', () => {
    const { spec: parsed, expansions } = parseRunLine(
      'docker run -p $PORT:80 -m ${MEM} --rm=$RM -v "$(pwd)":/x $IMAGE',
    );
    expect(parsed).toEqual({
      image: '$IMAGE',
      ports: ['$PORT:80'],
      memory: '${MEM}',
      volumes: ['$(pwd):/x'],
    });
    expect(expansions.map(({ text }) => text)).toEqual(['$PORT', '${MEM}', '$RM', '$(pwd)', '$IMAGE']);
  });
});

describe('errors say what and where', () => {
  it.each([
    // The caret line marks what is underlined.
    [
      'docker run --bogus x',
      '           ^^^^^^^',
      'docker run has no flag --bogus. Correct it or leave it out.',
    ],
    [
      'docker run --publis=80 x',
      '           ^^^^^^^^',
      'docker run has no flag --publis. Did you mean --publish?',
    ],
    [
      'docker run --readonly x',
      '           ^^^^^^^^^^',
      'docker run has no flag --readonly. Did you mean --read-only?',
    ],
    ['docker run -name web x', '            ^', 'docker run has no flag -n. Did you mean --name?'],
    ['docker run -itz x', '              ^', 'docker run has no flag -z. Correct it or leave it out.'],
    ['docker run -p abc x', '              ^^^', undefined],
    ['docker run -pabc x', '             ^^^', undefined],
    ['docker run -p=abc x', '              ^^^', undefined],
    ['docker run --publish=abc x', '                     ^^^', undefined],
    ['docker run --publish="a bc" x', '           ^^^^^^^^^^^^^^^^', undefined],
    ['docker run --rm=maybe x', '                ^^^^^', '"maybe" is neither true nor false.'],
    ['docker run --help x', '           ^^^^^^', undefined],
    ['docker run -p', '           ^^', '-p needs a value after it, such as -p 8080:80.'],
    ['docker run --cpuset-cpus ', '           ^^^^^^^^^^^^^^', undefined],
    ['docker run --rm UPPER', '                ^^^^^', undefined],
    ['docker run --rm --restart always x', '                          ^^^^^^', undefined],
    ['docker run -d -a stdout x', '                 ^^^^^^', undefined],
    [
      'docker run --network host --network-alias b x',
      '                                          ^',
      undefined,
    ],
    ['docker ps', '       ^^', undefined],
    [
      'docker run --rm',
      '               ',
      'The image is missing. Add its name after the options, such as nginx.',
    ],
  ])('%s', (line, mark, message) => {
    const error = thrownBy(() => parseRunLine(line));
    expect(error).toBeInstanceOf(LineError);
    const { start, end } = error as LineError;
    expect(' '.repeat(start) + '^'.repeat(Math.min(end, line.length) - start)).toBe(
      mark.trimEnd() === '' ? mark : mark,
    );
    if (message !== undefined) expect(error?.message).toBe(message);
  });
});
