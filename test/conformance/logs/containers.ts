import type { Box } from '../../engine/support/box';

const repeat = (count: number, letter: string): string =>
  `head -c ${String(count)} /dev/zero | tr '\\0' '${letter}'`;
const octal = (bytes: readonly number[]): string =>
  bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const everyByte = octal(Array.from({ length: 256 }, (_, i) => i));
const tty = { Tty: true };
const local = { LogConfig: { Type: 'local' } };

/** Containers whose output is hard to read right, by what is hard about it. */
export const CONTAINERS: Readonly<Record<string, Box>> = {
  'a few lines': { script: 'echo one; echo two; echo three' },
  'stderr alone': { script: 'echo bad >&2' },
  'both outputs in turn': { script: 'for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done' },
  nothing: { script: 'true' },
  'no final newline': { script: 'echo one; printf two' },
  'no newline at all, on both outputs': { script: 'printf out; printf err >&2' },
  'CRLF and lone CR': { script: `printf 'one\\r\\ntwo\\r\\n10%%\\r20%%\\r30%%\\n\\r\\n'` },
  'only newlines': { script: 'i=0; while [ $i -lt 100 ]; do echo; i=$((i+1)); done' },
  'NUL bytes': { script: `printf 'a\\0b\\0\\0\\nc\\0'` },
  'every byte there is': { script: `printf '${everyByte}'` },
  'random bytes': { script: 'head -c 200000 /dev/urandom; head -c 50000 /dev/urandom >&2' },
  'writes of one byte': {
    script: 'i=0; while [ $i -lt 3000 ]; do printf x; i=$((i+1)); done; echo; printf y',
  },
  'lines of one byte': { script: 'yes | head -20000' },
  'a line one byte short of a piece': { script: `${repeat(16_383, 'a')}; echo; echo next` },
  'a line as long as a piece': { script: `${repeat(16_384, 'b')}; echo; echo next` },
  'a line one byte longer than a piece': { script: `${repeat(16_385, 'c')}; echo; echo next` },
  'lines of 20 KB on both outputs': {
    script: `(${repeat(20_000, 'd')}; echo); (${repeat(20_000, 'e')}; echo) >&2; echo end`,
  },
  'a line of 100 KB without an end': { script: repeat(100_000, 'f') },
  'a line of 3 MB': { script: `${repeat(3_000_000, 'g')}; echo; echo next` },
  'a character split over two writes': { script: `printf '\\303'; sleep 0.2; printf '\\251\\n'` },
  'characters across the end of a piece': {
    script: `${repeat(16_383, 'h')}; printf 'é€😀\\n'; ${repeat(16_381, 'i')}; printf '😀\\n'`,
  },
  'invalid UTF-8': { script: `printf '\\377\\376a\\300\\200b\\355\\240\\200\\360\\237\\n'` },
  'emoji, marks and a BOM': {
    script: `printf '\\357\\273\\277e\\314\\201 👩‍👩‍👧 \\342\\200\\250 \\302\\205\\n'`,
  },
  'one JSON value': { script: `printf '{"log":"x\\\\n","stream":"stderr"}'` },
  'what looks like frames': { script: `printf '\\1\\0\\0\\0\\0\\0\\0\\4abcd\\3\\0\\0\\0\\0\\0\\0\\1!'` },
  'what looks like timestamps': { script: 'echo 2024-05-06T07:08:09.123456789Z not one; echo 2024' },
  escapes: { script: `printf '\\033[31mred\\033[0m \\033]8;;http://a\\007link\\033]8;;\\007 \\033[2J\\n'` },
  'a terminal': { script: 'echo one; echo two >&2; printf three', config: tty },
  'a terminal with long lines': {
    script: `${repeat(40_000, 'j')}; echo; ${repeat(16_384, 'k')}; echo; printf end`,
    config: tty,
  },
  'a terminal with every byte there is': { script: `stty raw; printf '${everyByte}'`, config: tty },
  'a terminal that asks': { script: `printf 'Password: '; sleep 0.1; printf '\\r\\033[K$ '`, config: tty },
  'many lines on both outputs': {
    script:
      'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i"; [ $((i%3)) = 0 ] && echo "err $i" >&2; done; true',
  },
  'the local driver': {
    script: `echo one; ${repeat(20_000, 'l')}; echo; printf '${everyByte}'; printf end >&2`,
    host: local,
  },
  'the local driver and a terminal': {
    script: `${repeat(20_000, 'm')}; echo; printf end`,
    host: local,
    config: tty,
  },
  'a log that was rotated': {
    script: 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "line $i of many"; done',
    host: { LogConfig: { Type: 'json-file', Config: { 'max-size': '20k', 'max-file': '4' } } },
  },
  'several runs without a final newline': {
    script: 'printf "run of $$"; exit 1',
    host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
  },
};
