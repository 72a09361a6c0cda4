import { expect, test } from 'vitest';
import { readOptions, type Place } from '../../../../src/commands/run/expand';

const place: Place = {
  shell: 'sh',
  folder: '/home/me/my "work" $dir',
  home: '/home/me',
  env: { NAME: "it's", EMPTY: '' },
};
const read = (line: string, at: Partial<Place> = {}) => readOptions(line, 'nginx', { ...place, ...at });

test('a line without variables is taken as it is', () => {
  expect(read('-d -p 8080:80 --name web')).toEqual({
    image: 'nginx',
    detach: true,
    ports: ['8080:80'],
    name: 'web',
  });
});

test.each(['$PWD', '${PWD}', '$(pwd)', '${workspaceFolder}'])(
  '%s is the folder, blanks and quotes and all',
  (text) => {
    const volumes = [`${place.folder}:/work`];
    expect(read(`-v ${text}:/work`).volumes).toEqual(volumes);
    expect(read(`-v "${text}:/work"`).volumes).toEqual(volumes);
  },
);

test('a tilde is home', () => {
  expect(read('-v ~/data:/data').volumes).toEqual(['/home/me/data:/data']);
});

test('variables are those of the editor, and nothing where there are none', () => {
  expect(read('-e A=$NAME -e "B=<${NAME}>" -e C=$NOBODY -e D=$EMPTY').env).toEqual({
    A: "it's",
    B: "<it's>",
    C: '',
    D: '',
  });
});

test('single quotes keep a variable for the container', () => {
  expect(read(`-- sh -c 'echo $NAME'`).command).toEqual(['sh', '-c', 'echo $NAME']);
  expect(read(`-e A=$NAME -- sh -c 'echo $NAME "'`).command).toEqual(['sh', '-c', 'echo $NAME "']);
});

test('a backslash in single quotes escapes nothing', () => {
  expect(read(`-e 'A=\\' -e "B=$NAME" -e C=$NAME`).env).toEqual({ A: '\\', B: "it's", C: "it's" });
});

test('PowerShell has its own', () => {
  const at = { shell: 'powershell', folder: 'C:\\my work' } as const;
  expect(read('-v ${PWD}:/work', at).volumes).toEqual(['C:\\my work:/work']);
  expect(read('-e A=$env:NAME', at).env).toEqual({ A: "it's" });
});

test('what only a shell could run is refused', () => {
  expect(() => read('-e A=$(date)')).toThrow(/\$\(date\)/);
  expect(() => read('-e A=${B:-c}')).toThrow(/\$\{B:-c\}/);
});

test('what is wrong is said as one types', () => {
  expect(() => read('--nmae web')).toThrow(/--nmae/);
  expect(() => read('-p $NAME')).toThrow(/it's/);
});
