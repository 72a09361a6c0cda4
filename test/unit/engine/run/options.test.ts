import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOptions, type OptionsLine } from '../../../../src/engine/run/options';

const specOf = (line: OptionsLine) => ('spec' in line ? line.spec : line.message);

describe('a line of options', () => {
  it('may name the image and its command', () => {
    expect(specOf(parseOptions('-d -p 80:80 nginx:1 sh -c "a b"'))).toEqual({
      detach: true,
      ports: ['80:80'],
      image: 'nginx:1',
      command: ['sh', '-c', 'a b'],
    });
    expect(specOf(parseOptions(''))).toEqual({});
    expect(specOf(parseOptions('--rm'))).toEqual({ remove: true });
  });

  it('needs no image when one is chosen, and may name it again', () => {
    const image = 'nginx:latest';
    expect(specOf(parseOptions('-it', { image }))).toEqual({ interactive: true, tty: true, image });
    expect(specOf(parseOptions('-it sh -l', { image }))).toMatchObject({ image, command: ['sh', '-l'] });
    expect(specOf(parseOptions('-d nginx sh', { image }))).toEqual({
      detach: true,
      image: 'nginx',
      command: ['sh'],
    });
    expect(specOf(parseOptions('docker.io/library/nginx', { image }))).toEqual({
      image: 'docker.io/library/nginx',
    });
  });

  it('follows the shell it is told', () => {
    expect(specOf(parseOptions('-v C:\\a:/b x', { shell: 'powershell' }))).toMatchObject({
      volumes: ['C:\\a:/b'],
    });
  });

  it.each([
    ['-p', 0, 2],
    ['-d --port 80:80', 3, 9],
    ['-d -p x:80 nginx', 6, 10],
    ['-e "A', 3, 5],
    ['nginx > out', 6, 11],
    ['--rm NGINX', 5, 10],
    ['--rm --restart always nginx', 15, 21],
  ])('says where %j is wrong', (line, position, end) => {
    const answer = parseOptions(line);
    expect(answer).toMatchObject({ position, end });
    expect('message' in answer && answer.message).toMatch(/[.…]$/);
    expect('error' in answer && answer.error.kind).toBe('invalid');
  });

  it('never throws, whatever is typed', () => {
    const word = fc.constantFrom(
      '-p',
      '--name',
      '-it',
      '80:80',
      '$X',
      '"',
      "'",
      '\\',
      '--',
      '--restart=no',
      'nginx',
      '-e',
      'A=1',
      '=',
      '--network',
      'host',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 }))), (words) => {
        const answer = parseOptions(words.join(' '));
        expect('spec' in answer || answer.position <= answer.end).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('answers in well under a millisecond', () => {
    const line =
      '-d -p 8080:80 -v data:/data -e A=1 --memory 512m --restart unless-stopped --network net nginx:1 sh -c "x y"';
    parseOptions(line);
    const before = process.cpuUsage();
    for (let time = 0; time < 200; time++) parseOptions(line);
    expect(process.cpuUsage(before).user / 1000 / 200).toBeLessThan(1);
  });
});
