import { describe, expect, test } from 'vitest';
import { parseModel } from '../../../src/dockerfile/model/model';
import { ruleInfo, ruleNames } from '../../../src/dockerfile/rules/catalog';
import type { LintContext } from '../../../src/dockerfile/rules/finding';
import { parseHadolintConfig } from '../../../src/dockerfile/rules/hadolintConfig';
import { parseShell } from '../../../src/dockerfile/rules/hadolint/shell';
import { isIgnored, parseIgnore } from '../../../src/dockerfile/rules/ignore';
import { duration } from '../../../src/dockerfile/rules/syntax/duration';
import { check, everything, shown } from './support';

const amd64 = {
  env: { HOME: '/root' },
  shell: ['/bin/bash', '-c'],
  user: '',
  platform: 'linux/amd64',
  digest: undefined,
};
const experimental = '# check=experimental=InvalidDefinitionDescription\n';

/** Each rule: a file that breaks it on these lines, and one like it that does not. */
const cases: Readonly<Record<string, readonly [bad: string, lines: readonly number[], good: string, context?: LintContext]>> = {
  StageNameCasing: ['FROM a:1 AS oNe', [1], 'FROM a:1 AS one'],
  FromAsCasing: ['from a:1 AS b', [1], 'From a:1 as b'],
  NoEmptyContinuation: ['FROM a:1\nRUN a \\\n\n  b \\\n  c', [5], 'FROM a:1\nRUN a \\\n  # c\n  b'],
  ConsistentInstructionCasing: ['FROM a:1\nRun b\nUSER c', [2], 'from a:1\nrun b\nuser c'],
  DuplicateStageName: ['FROM a:1 AS x\nFROM a:1 AS X', [2], 'FROM a:1 AS x\nFROM a:1 AS y'],
  ReservedStageName: ['FROM a:1 AS context', [1], 'FROM a:1 AS contexts'],
  JSONArgsRecommended: ['FROM a:1\nCMD a', [2], 'FROM a:1\nSHELL ["x"]\nFROM b:1\nCMD ["a"]'],
  MaintainerDeprecated: ['FROM a:1\nmaintainer x', [2], 'FROM a:1\nLABEL maintainer=x'],
  UndefinedArgInFrom: ['FROM a:1\nARG X=1\nFROM a:$X', [3], 'ARG X=1\nFROM --platform=$TARGETPLATFORM a:$X${Y:-2}'],
  WorkdirRelativePath: ['FROM a:1\nWORKDIR x', [2], 'FROM a:1\nWORKDIR C:/x\nWORKDIR x\nWORKDIR "y"'],
  UndefinedVar: ['FROM scratch\nCOPY $nope /x', [2], 'FROM a:1\nARG X\nCOPY $X $PATH $nope /x\nRUN $nope'],
  MultipleInstructionsDisallowed: ['FROM a:1\nCMD ["a"]\nCMD ["b"]\nCMD ["c"]', [2, 3], 'FROM a:1\nCMD ["a"]\nFROM a:1\nCMD ["a"]'],
  LegacyKeyValueFormat: ['FROM a:1\nENV A b=c d', [2], 'FROM a:1\nENV A=b c=d\nARG X'],
  InvalidBaseImagePlatform: ['FROM a:1', [1], 'FROM --platform=linux/amd64 a:1', { base: () => amd64, target: 'linux/arm64' }],
  RedundantTargetPlatform: ['FROM --platform=${TARGETPLATFORM} a:1', [1], 'FROM --platform=$BUILDPLATFORM a:1'],
  SecretsUsedInArgOrEnv: ['FROM a:1\nENV DB_PASSWORD=x OTHER=y', [2], 'FROM a:1\nENV DB_PASSWORD_FILE=x TOKENS=1'],
  InvalidDefaultArgInFrom: ['ARG V\nFROM a:$V', [2], 'ARG V=1\nFROM a:$V'],
  FromPlatformFlagConstDisallowed: ['FROM --platform=linux/arm64 a:1 AS x', [1], 'FROM --platform=linux/arm64 a:1 AS x-arm64'],
  CopyIgnoredFile: ['FROM a:1\nCOPY a/b.log x /y/', [2], 'FROM a:1\nCOPY ab.txt ./x /y/\nCOPY --from=c a/b.log /', { ignore: '# c\n**/*.log\n' }],
  InvalidDefinitionDescription: [`${experimental}# other\nARG foo`, [3], `${experimental}# foo is it\nARG foo\n# other\n#\nARG bar`],
  ExposeProtoCasing: ['FROM a:1\nEXPOSE 1/Udp', [2], 'FROM a:1\nEXPOSE 1/udp'],
  ExposeInvalidFormat: ['FROM a:1\nEXPOSE 0.0.0.0:1:2', [2], 'FROM a:1\nEXPOSE 1-2'],

  'no-instructions': ['# only this\n', [1], 'FROM a:1'],
  'no-stage': ['RUN a\nFROM a:1', [1], 'ARG x\nFROM a:1'],
  'unknown-instruction': ['FROM a:1\nFOO b', [2], 'FROM a:1\nuser b'],
  'missing-argument': ['FROM a:1\nCOPY a\nRUN\nONBUILD\nSHELL []', [2, 3, 4, 5], 'FROM a:1\nCOPY <<E /x\nE\nCMD\nCOPY ["a", "b"]'],
  'missing-name': ['FROM a:1\nENV =x', [2], 'FROM a:1\nENV x='],
  'missing-value': ['FROM a:1\nENV A=b C\nLABEL x\nVOLUME [""]', [2, 3, 4], 'FROM a:1\nARG A\nENV A=b C=d'],
  'unclosed-quote': ['FROM a:1\nENV A="b', [2], 'FROM a:1\nENV A=\\"b B=\'"\'\nRUN echo "'],
  'unclosed-heredoc': ['FROM a:1\nRUN <<E\nx', [2], 'FROM a:1\nRUN <<E\nE'],
  'from-form': ['FROM a:1 b c\nFROM a:1 AS\nFROM a:1 AS x y', [1, 2, 3], 'FROM a:1 As x'],
  'stage-name': ['FROM a:1 AS 1x', [1], 'FROM a:1 AS x_1.y-z'],
  'image-reference': ['FROM a:1:2/\nFROM a/B\nFROM c AS Two\nFROM Two\nFROM $X\nCOPY --from=a/B / /', [1, 2, 4, 5, 6], 'ARG X\nFROM h:5000/a/b:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nFROM $X AS Two\nFROM two\nCOPY --from=Two / /\nCOPY --from=a/b:1 / /'],
  'unknown-flag': ['FROM a:1\nCOPY --own=x a /b\nONBUILD RUN --moun=x y', [2, 3], 'FROM a:1\nADD --unpack a /b\nCOPY --parents --exclude=x --exclude=y a /b'],
  'duplicate-flag': ['FROM a:1\nCOPY --link --link a /b', [2], 'FROM a:1\nRUN --mount=target=/a --mount=target=/b x'],
  'flag-value': ['FROM a:1\nCOPY --link=x a /b\nRUN --network=x y\nCOPY --chown a /b\nHEALTHCHECK --interval=3 CMD x\nHEALTHCHECK --retries=x CMD y', [2, 3, 4, 5, 6], 'FROM a:1\nCOPY --link=TRUE a /b\nRUN --network=host y\nHEALTHCHECK --interval=1.5s --timeout=$X CMD z'],
  mount: ['FROM a:1\nRUN --mount=type=x y\nRUN --mount=type=cache z\nRUN --mount=target=/a,sharin=b y\nRUN --mount=type=cache,target=/a,sharing=b y\nRUN --mount=from=$x,target=/y z', [2, 3, 4, 5, 6], 'FROM a:1\nRUN --mount=type=cache,target=/a,sharing=locked,uid=1,mode=0755 y\nRUN --mount=type=secret,id=a,env=B,required z\nRUN --mount=type=ssh z\nRUN --mount=from=b,src=/,rw z'],
  'unknown-stage': ['FROM a:1\nCOPY --from=3 / /x', [2], 'FROM a:1\nFROM b:1\nCOPY --from=0 / /x'],
  'circular-stage': ['FROM a:1 AS x\nRUN --mount=from=x,target=/y z', [2], 'FROM a:1 AS x\nFROM b:1\nRUN --mount=from=X,target=/y z'],
  port: ['FROM a:1\nEXPOSE 70000 x 9-8 1/foo', [2, 2, 2, 2], 'FROM a:1\nEXPOSE 65535 1-2/udp $X ${Y}/tcp "80"'],
  signal: ['FROM a:1\nSTOPSIGNAL SIGFOO', [2], 'FROM a:1\nSTOPSIGNAL 9\nSTOPSIGNAL rtmin+3\nSTOPSIGNAL $X'],
  healthcheck: ['FROM a:1\nHEALTHCHECK curl x\nHEALTHCHECK NONE x\nHEALTHCHECK CMD', [2, 3, 4], 'FROM a:1\nHEALTHCHECK none\nHEALTHCHECK cmd x'],
  modifier: ['FROM a:1\nENV A=${b!c} B=${d', [2, 2], "FROM a:1\nENV A=${b:-c}${b%x} B='${x!}' C=\\${y!}\nRUN ${z!}"],
  'onbuild-trigger': ['FROM a:1\nONBUILD ONBUILD RUN x\nONBUILD FROM y', [2, 3], 'FROM a:1\nONBUILD RUN x'],
  'json-array': ['FROM a:1\nSHELL bash\nCMD ["a", 1]\nVOLUME [["/a"]]', [2, 3, 4], 'FROM a:1\nSHELL ["bash"]\nRUN [ 1 ]x'],
  'json-form': ['FROM a:1\nCMD ["a", "b"\nRUN ["x"', [2, 3], 'FROM a:1\nRUN [ -f x ] && y\nCMD ["a"]'],
  directive: ['# escape=x\n# check=foo=bar\n# escape=`\nFROM a:1', [1, 2, 3], '# escape=\\\n# check=skip=all\nFROM a:1'],
  'check-name': ['# check=skip=Foo\nFROM a:1', [1], '# check=skip=all;experimental=all\nFROM a:1'],
  'missing-source': ['FROM a:1\nCOPY a b /x/', [2], 'FROM a:1\nCOPY a . /x/\nCOPY --from=y b /\nADD https://x/b /', { exists: (path) => path === 'a' }],

  DL3001: ['FROM a:1\nRUN vim x', [2], 'FROM a:1\nRUN echo vim'],
  DL3002: ['FROM a:1\nUSER x\nUSER 0', [3], 'FROM a:1\nUSER root\nUSER x'],
  DL3003: ['FROM a:1\nRUN cd /x && y', [2], 'FROM a:1\nRUN y && cd z'],
  DL3004: ['FROM a:1\nRUN x && sudo y', [2], 'FROM a:1\nRUN echo sudo'],
  DL3006: ['FROM a AS x\nFROM b', [1, 2], 'FROM scratch AS x\nFROM x\nFROM $y'],
  DL3007: ['FROM a:latest', [1], 'FROM a:latest@sha256:0123456789abcdef0123456789abcdef'],
  DL3008: ['FROM a:1\nRUN apt-get install -y -t x b', [2], 'FROM a:1\nRUN apt-get install -y b=1 ./c.deb $D'],
  DL3009: ['FROM a:1\nRUN apt-get install -y b=1', [2], 'FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt apt-get install -y b=1'],
  DL3010: ['FROM a:1\nCOPY x/y.tgz /\nRUN tar xf /y.tgz', [2], 'FROM a:1\nCOPY y.tgz /\nRUN tar xf /z.tgz'],
  DL3013: ['FROM a:1\nRUN pip install a', [2], 'FROM a:1\nRUN pip install -r a.txt && pip install a==1 .'],
  DL3014: ['FROM a:1\nRUN apt-get install a=1', [2], 'FROM a:1\nRUN apt-get -qqy install a=1'],
  DL3015: ['FROM a:1\nRUN apt-get install -y a=1', [2], 'FROM a:1\nRUN apt-get -o APT::Install-Recommends=false install -y a=1'],
  DL3016: ['FROM a:1\nRUN npm i -g a', [2], 'FROM a:1\nRUN npm i -g @a/b@1 ./c && npm ci'],
  DL3018: ['FROM a:1\nRUN apk add a', [2], 'FROM a:1\nRUN apk add --virtual .b a=1'],
  DL3019: ['FROM a:1\nRUN apk add a=1', [2], 'FROM a:1\nRUN --mount=type=cache,target=/var/cache/apk apk add a=1'],
  DL3020: ['FROM a:1\nADD a b /c/', [2], 'FROM a:1\nADD a.tar.gz https://b /c/'],
  DL3021: ['FROM a:1\nCOPY a b /c', [2], 'FROM a:1\nCOPY a b .\nCOPY ["a", "b", "/c/"]'],
  DL3022: ['FROM a:1\nCOPY --from=later / /x\nFROM b:1 AS later', [2], 'FROM a:1 AS x\nFROM b:1\nCOPY --from=x / /\nCOPY --from=c:1 / /'],
  DL3025: ['FROM a:1\nHEALTHCHECK CMD a', [2], 'FROM a:1\nHEALTHCHECK CMD ["a"]'],
  DL3026: ['FROM b.io/a:1', [1], 'FROM a.io/a:1', { hadolint: { ignored: [], severities: new Map(), trustedRegistries: ['a.io'] } }],
  DL3027: ['FROM a:1\nRUN apt update', [2], 'FROM a:1\nRUN apt-get update'],
  DL3028: ['FROM a:1\nRUN gem install a', [2], 'FROM a:1\nRUN gem install a:1 && gem install b -v 2'],
  DL3030: ['FROM a:1\nRUN yum install a-1 && yum clean all', [2], 'FROM a:1\nRUN yum install -y a-1 && yum clean all'],
  DL3032: ['FROM a:1\nRUN yum install -y a-1', [2], 'FROM a:1\nRUN yum install -y a-1 && rm -rf /var/cache/yum'],
  DL3033: ['FROM a:1\nRUN yum install -y a', [2], 'FROM a:1\nRUN yum install -y a-1 b.rpm'],
  DL3034: ['FROM a:1\nRUN zypper in a=1', [2], 'FROM a:1\nRUN zypper -n in a=1'],
  DL3036: ['FROM a:1\nRUN zypper in -y a=1', [2], 'FROM a:1\nRUN zypper in -y a=1 && zypper clean'],
  DL3037: ['FROM a:1\nRUN zypper in -y a', [2], 'FROM a:1\nRUN zypper in -y "a>=1"'],
  DL3038: ['FROM a:1\nRUN dnf install a-1', [2], 'FROM a:1\nRUN dnf install -y a-1'],
  DL3040: ['FROM a:1\nRUN microdnf install -y a-1', [2], 'FROM a:1\nRUN microdnf install -y a-1 && microdnf clean all'],
  DL3041: ['FROM a:1\nRUN dnf install -y a', [2], 'FROM a:1\nRUN dnf install -y a-1'],
  DL3042: ['FROM a:1\nRUN python3 -m pip install a==1', [2], 'FROM a:1\nENV PIP_NO_CACHE_DIR=1\nRUN pip install a==1'],
  DL3044: ['FROM a:1\nENV A=1 B=$A', [2], 'FROM a:1\nENV A=1\nENV A=2 B=$A'],
  DL3045: ['FROM a:1\nCOPY a b', [2], 'FROM a:1\nWORKDIR /x\nFROM b:1\nCOPY a $X/b\nCOPY a /b'],
  DL3046: ['FROM a:1\nRUN useradd -u 1234567 a', [2], 'FROM a:1\nRUN useradd -l -u 1234567 a && useradd -u 1000 b'],
  DL3047: ['FROM a:1\nRUN wget x', [2], 'FROM a:1\nRUN wget -qO- x'],
  DL3048: ['FROM a:1\nLABEL A_b=1 com.docker.x=2', [2, 2], 'FROM a:1\nLABEL a.b-c=1 "d.e"=2'],
  DL3059: ['FROM a:1\nRUN a\nRUN b', [3], 'FROM a:1\nRUN a\nUSER x\nRUN b\nRUN c && d'],
  DL3060: ['FROM a:1\nRUN yarn install', [2], 'FROM a:1\nRUN yarn install && yarn cache clean'],
  DL3062: ['FROM a:1\nRUN go install a.b/c@latest', [2], 'FROM a:1\nRUN go install a.b/c@v1 && go install ./...'],
  DL3064: ['ARG API_TOKEN\nFROM a:1', [1], 'ARG API_VERSION\nFROM a:1'],
  DL4001: ['FROM a:1\nRUN curl a\nRUN wget -q b', [3], 'FROM a:1\nRUN curl a\nFROM b:1\nRUN wget -q b'],
  DL4005: ['FROM a:1\nRUN ln -sf /bin/bash /bin/sh', [2], 'FROM a:1\nSHELL ["/bin/bash", "-c"]'],
  DL4006: ['FROM a:1\nRUN a | b\nRUN case $x in a|b) c | d;; esac', [2, 3], 'FROM a:1\nRUN a || b\nRUN case $x in a|b) c;; d|e|"f)") g;; *) h; esac && i\nRUN powershell a | b\nRUN set -o pipefail; a | b\nRUN echo "a | b"\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN a | b'],
}; // prettier-ignore

describe('every rule', () => {
  test('has a case, and a page that explains it', () => {
    expect(Object.keys(cases).sort()).toEqual(ruleNames().sort());
    for (const name of ruleNames()) expect(ruleInfo(name).url).toMatch(/^https:\/\//);
    expect(ruleNames('buildkit')).toHaveLength(22);
  });

  test.each(Object.entries(cases))('%s', (rule, [bad, lines, good, context]) => {
    const found = (text: string): number[] =>
      check(text, context)
        .filter((one) => one.rule === rule)
        .map(({ line }) => line + 1);
    expect(found(bad)).toEqual(lines);
    expect(found(good)).toEqual([]);
    // The ends of lines of Windows change nothing.
    expect(found(bad.replaceAll('\n', '\r\n'))).toEqual(lines);
    expect(found(good.replaceAll('\n', '\r\n'))).toEqual([]);
  });

  test('a file with something of everything has nothing wrong', () => {
    const errors = check(everything).filter(({ rule }) => ruleInfo(rule).kind !== 'hadolint');
    expect(errors.map(({ rule, line }) => [rule, line + 1])).toEqual([]);
  });
});

describe('places', () => {
  const marked = (text: string): string[] =>
    check(text).map(({ rule, start, end }) => `${rule} ${text.slice(start, end)}`);

  test('a finding marks the word that it is about, on whichever line', () => {
    expect(marked('FROM a:1 AS b\nCOPY --from=b \\\n  --lnik a /c')).toEqual([
      'circular-stage b',
      'unknown-flag --lnik',
    ]);
    expect(marked('FROM a:1\nENV A=1 \\\n  MY_TOKEN=2')).toEqual(['SecretsUsedInArgOrEnv MY_TOKEN']);
    expect(marked('FROM a:1\nRUN <<E\napk add -U \\\n  b\nE')).toEqual(['DL3019 add', 'DL3018 b']);
  });
});

describe('what the engine knows', () => {
  const base = (): typeof amd64 => amd64;

  test('an image that is there tells its variables and its shell', () => {
    const text = 'FROM a:1\nCOPY $HOME /x\nCOPY $nope /x\nCMD a';
    expect(shown(text)).toEqual(['JSONArgsRecommended:4']);
    expect(shown(text, { base })).toEqual(['UndefinedVar:3']);
  });
});

describe('what comments leave out', () => {
  test('for the file, for an instruction, for the whole of a heredoc', () => {
    const text = 'FROM a\nMAINTAINER x\nRUN <<E\nsudo x\nE\n';
    expect(shown(text)).toEqual(['DL3006:1', 'MaintainerDeprecated:2', 'DL3004:3']);
    expect(shown(`# check=skip=all\n${text}`)).toEqual(['DL3006:2', 'DL3004:4']);
    expect(shown(text.replace('RUN', '# hadolint ignore=DL3004,DL3003\nRUN'))).toEqual([
      'DL3006:1',
      'MaintainerDeprecated:2',
    ]);
    expect(shown(`# hadolint global ignore=DL3006\n${text}`)).toEqual(['MaintainerDeprecated:3', 'DL3004:4']);
    expect(shown(text.replace('MAINTAINER', '# check=skip=MaintainerDeprecated // why\nMAINTAINER'))).toEqual(
      ['DL3006:1', 'DL3004:4'],
    );
    expect(shown(text.replace('MAINTAINER', '# hadolint ignore=DL4000\nMAINTAINER'))).toEqual([
      'DL3006:1',
      'DL3004:4',
    ]);
  });
});

test('a .hadolint.yaml, in both forms of lists', () => {
  const config = parseHadolintConfig(
    '# c\nfailure-threshold: error\nignored:\n  - DL3006 # why\n  - "DL3008"\noverride:\n  error:\n    - DL3004\n  info: [DL3001, \'DL3002\']\ntrustedRegistries:\n- a.io\n',
  );
  expect(config.ignored).toEqual(['DL3006', 'DL3008']);
  expect([...config.severities]).toEqual([
    ['DL3004', 'error'],
    ['DL3001', 'information'],
    ['DL3002', 'information'],
  ]);
  expect(config.trustedRegistries).toEqual(['a.io']);
});

test('commands of a shell', () => {
  const commands = (text: string): string[] =>
    parseShell(text).map(
      ({ words, piped }) => words.map((word) => word.text).join(' ') + (piped ? ' |' : ''),
    );
  expect(commands('a "b c" && d\\ e; f|g # h\nX=1 Y=2 i >j 2>&1 </dev/null k')).toEqual([
    'a b c',
    'd e',
    'f |',
    'g',
    'i k',
  ]);
  expect(commands('if [ -f a ]; then b; else ! c; fi')).toEqual(['[ -f a ]', 'b', 'c']);
  expect(commands('a $(b "$(c)") (d; e) \'f && g\'')).toEqual([
    'c',
    'b $(c)',
    'a $(b "$(c)")',
    'd',
    'e',
    'f && g',
  ]);
  expect(commands('echo $((1 + 2)) ${a:-b c} || d')).toEqual(['echo $((1 + 2)) ${a:-b c}', 'd']);
});

test('an ignore file, as Docker reads it', () => {
  const ignored = (text: string, path: string): boolean => isIgnored(parseIgnore(text).patterns, path);
  expect(ignored('a', 'a/b')).toBe(true);
  expect(ignored('/a/', 'a')).toBe(true);
  expect(ignored('*.md', 'x/a.md')).toBe(false);
  expect(ignored('**/*.md', 'a.md')).toBe(true);
  expect(ignored('a/**/b', 'a/b')).toBe(true);
  expect(ignored('a\n!a/b', 'a/b')).toBe(false);
  expect(ignored('a\n!a/b', 'a/c')).toBe(true);
  expect(ignored('[ab]?', './bx')).toBe(true);
  expect(ignored('# a\n\n  b  ', 'b')).toBe(true);
  expect(ignored('[', '[')).toBe(false);
});

test('durations are those of Go', () => {
  for (const good of ['30s', '1m30s', '1.5h', '0', '500ms', '.5s', '1000us'])
    expect(duration(good)).toBeUndefined();
  for (const bad of ['', '30', 's', '1x', '-1s', '999us', '1s2', '1 s']) expect(duration(bad)).toBeDefined();
});

test('a variable of heredocs that are quoted is none', () => {
  expect(
    parseModel("FROM a\nRUN <<'E' $x\n$y\nE").instructions[1]?.variables.map(({ name }) => name),
  ).toEqual(['x']);
});
