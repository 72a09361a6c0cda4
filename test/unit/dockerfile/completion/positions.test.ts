import { describe, expect, test } from 'vitest';
import { complete } from '../../../../src/dockerfile/completion/complete';
import { parseModel } from '../../../../src/dockerfile/model/model';
import type { BaseConfig } from '../../../../src/dockerfile/rules/finding';

const base: BaseConfig = {
  env: { PYTHON_VERSION: '3.13.1' },
  shell: undefined,
  user: 'app:app',
  platform: 'linux/amd64',
  digest: undefined,
};

/** `|` is the cursor. Expected: labels that are offered, `images` or `paths` where those are asked for, or nothing. */
type Row = [text: string, expected: string[], absent?: string[]];

const two = 'FROM golang:1 AS build\nWORKDIR /src\nFROM alpine:3\n';

const rows: Row[] = [
  // Instructions and directives
  ['|', ['FROM', 'ARG', '# syntax=docker/dockerfile:1', 'FROM: Go'], ['RUN']],
  ['FROM a\n|', ['RUN', 'COPY', 'FROM', 'HEALTHCHECK', 'FROM: Node.js', 'FROM: .NET'], ['MAINTAINER']],
  ['FROM a\nHEAL|', ['HEALTHCHECK']],
  ['from a\nrun b\nc|', ['copy', 'cmd'], ['COPY']],
  ['FROM a\nONBUILD |', ['RUN', 'COPY'], ['FROM', 'ONBUILD']],
  ['ARG A=1\n|', ['FROM', 'ARG'], ['RUN']],
  ['#|', ['syntax=docker/dockerfile:1', 'check=skip=', 'escape=`']],
  ['# syntax=docker/dockerfile:1\n# |\nFROM a', ['check=skip='], ['syntax=docker/dockerfile:1']],
  ['# syntax=|', ['docker/dockerfile:1']],
  ['# escape=|', ['`', '\\']],
  ['# check=|', ['skip=', 'error=', 'experimental=']],
  ['# check=skip=|', ['all', 'StageNameCasing', 'UndefinedVar'], ['DL3006']],
  ['# check=skip=StageNameCasing,|', ['UndefinedVar'], ['StageNameCasing']],
  ['# check=skip=all;error=|', ['true', 'false']],
  ['FROM a\n# check=skip=|\nMAINTAINER x', ['MaintainerDeprecated']],
  ['FROM a\n# hadolint ignore=|\nRUN x', ['DL3008'], ['UndefinedVar']],
  // FROM
  ['FROM |', ['images', 'scratch', '--platform']],
  [`${two}FROM |`, ['build', 'images']],
  ['FROM alp|', ['images']],
  ['FROM alpine:|', ['images']],
  ['FROM --|', ['--platform'], ['scratch']],
  ['FROM --platform=|', ['$BUILDPLATFORM', 'linux/arm64']],
  ['ARG TAG=3.20\nFROM alpine:$|', ['TAG', 'TARGETARCH']],
  ['FROM alpine |', ['AS'], ['images']],
  ['from alpine |', ['as']],
  // COPY and ADD
  ['FROM a\nCOPY |', ['paths', '--from', '--chown', '--link']],
  ['FROM a\nCOPY --|', ['--from', '--chown', '--chmod', '--link', '--parents', '--exclude'], ['paths']],
  ['FROM a\nCOPY --link --|', ['--from'], ['--link']],
  [`${two}COPY --from=|`, ['build', 'images']],
  [`${two}COPY --from=b| /x /y`, ['build']],
  [`${two}COPY --from=build |`, ['/src'], ['paths']],
  ['FROM a\nWORKDIR /app\nCOPY x |', ['./', '/app', 'paths']],
  ['FROM a\nCOPY a /opt/\nCOPY x /|', ['/opt/'], ['paths']],
  ['FROM a\nCOPY ["|"]', ['paths']],
  ['FROM node:22\nCOPY --chown=|', ['node', 'root']],
  ['FROM a\nRUN adduser -D app\nCOPY --chown=app:|', ['root', 'app']],
  ['FROM a\nCOPY --chmod=|', ['0755', '+x']],
  ['FROM a\nCOPY --link=|', ['true', 'false']],
  ['FROM a\nADD --|', ['--checksum', '--keep-git-dir', '--unpack']],
  ['FROM a\nADD --checksum=|', ['sha256:']],
  ['FROM a\nCOPY --exclude=|', ['paths']],
  // RUN
  ['FROM a\nRUN --|', ['--mount', '--network', '--security', '--device']],
  ['FROM a\nRUN --mount=|', ['type=cache', 'type=secret', 'target']],
  ['FROM a\nRUN --mount=type=|', ['cache', 'bind', 'secret', 'ssh', 'tmpfs']],
  ['FROM a\nRUN --mount=type=cache,|', ['target', 'sharing', 'id'], ['type=bind', 'required']],
  ['FROM a\nRUN --mount=type=cache,sharing=|', ['locked', 'shared', 'private']],
  ['FROM a\nRUN --mount=type=cache,target=|', ['/root/.npm', '/go/pkg/mod']],
  ['FROM a\nRUN --mount=type=secret,|', ['id', 'env', 'required'], ['sharing']],
  ['FROM a\nRUN --mount=type=secret,required=|', ['true', 'false']],
  ['FROM a\nRUN --mount=type=bind,source=|', ['paths']],
  [`${two}RUN --mount=from=|`, ['build', 'images']],
  [`${two}RUN --mount=from=build,source=|`, ['/src'], ['paths']],
  ['FROM a\nRUN --network=|', ['none', 'host', 'default']],
  ['FROM a\nRUN --security=|', ['insecure', 'sandbox']],
  ['FROM a\nRUN --mount=type=cache,target=/x \\\n  --mount=type=tm|', ['tmpfs']],
  // Variables
  ['FROM a\nARG ONE=1 TWO=2\nENV THREE=3\nRUN echo $|', ['ONE', 'TWO', 'THREE', 'PYTHON_VERSION']],
  ['FROM a\nENV DIR=/opt\nWORKDIR ${D|}', ['DIR']],
  ['FROM a AS b\nENV UP=1\nFROM b\nENV X=$|', ['UP'], ['X']],
  ['FROM a\nARG V=1\nCOPY <<EOF /x\n$|\nEOF', ['V']],
  ['ARG TOP=1\nFROM a\nARG |', ['TOP', 'TARGETARCH']],
  // The rest
  ['FROM a\nUSER |', ['app', 'root', 'nobody']],
  ['FROM a\nRUN useradd -m web\nUSER |', ['web']],
  ['FROM a\nEXPOSE |', ['80', '5432']],
  ['FROM a\nEXPOSE 80/|', ['tcp', 'udp']],
  ['FROM a\nSTOPSIGNAL |', ['SIGTERM', 'SIGQUIT']],
  ['FROM a\nSHELL |', ['["/bin/bash", "-o", "pipefail", "-c"]']],
  ['FROM a\nLABEL |', ['org.opencontainers.image.source']],
  ['FROM a\nLABEL org.opencontainers.image.licenses=|', ['MIT', 'Apache-2.0']],
  ['FROM a\nLABEL org.opencontainers.image.title="x" \\\n  |', ['org.opencontainers.image.source'], ['org.opencontainers.image.title']],
  ['FROM a\nHEALTHCHECK |', ['CMD', 'NONE', '--interval']],
  ['FROM a\nHEALTHCHECK --interval=|', ['30s']],
  ['FROM a\nHEALTHCHECK --retries=|', ['3']],
  ['FROM a\nWORKDIR |', ['/app']],
  ['FROM a\nWORKDIR /srv/x\nVOLUME |', ['/srv/x', '/data']],
  ['FROM a\nENTRYPOINT |', ['["executable", "argument"]']],
  ['FROM a\r\nRUN b\r\nUS|\r\n', ['USER']],
  ['FROM a\nONBUILD COPY --|', ['--from', '--chown']],
  // Nothing fits
  ['FROM a\nRUN <<EOF\nCO|\nEOF\n', []],
  ['FROM a\nRUN <<EOF\n|', []],
  ["FROM a\nCOPY <<'EOF' /x\n$|\nEOF", []],
  ['FROM a\nRUN apt-get install \\\n  |', []],
  ['FROM a\nRUN apt-get \\\n\n|', []],
  ['FROM a\nRUN apt-get |', []],
  ['FROM a\n# a comment |', []],
  ['FROM a\n# |', []],
  ['FROM a\nCMD ["a", "$|"]', []],
  ["FROM a\nENV A=1\nENV B='$|'", []],
  ['FROM a\nENV A=1\nENV B=\\$|', []],
  ['FROM a\nMAINTAINER |', []],
  ['FROM a AS |', []],
  ['FROM a\nEXPOSE x|', []],
  ['FROM a\nSTOPSIGNAL SIGTERM |', []],
  ['FROM a\nUSER app |', []],
  ['FROM a\nENV |', []],
  ['FROM a\nCOPY <<EO|', []],
  ['FROM a\nADD https://x.y/|', []],
  [`${two}COPY --from=$|`, []],
  ['FROM a\nRUN --mount=type=cache,required=|', []],
  ['FROM a\nCOPY --nothing=|', []],
  ['FROM alpine@|', []],
]; // prettier-ignore

function at(marked: string): {
  labels: string[];
  text: string;
  offset: number;
  offered: ReturnType<typeof complete>;
} {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const offered = complete(parseModel(text), offset, () => base);
  return {
    labels: [...offered.items, ...offered.wants].map((one) => ('label' in one ? one.label : one.kind)),
    text,
    offset,
    offered,
  };
}

describe('what fits at a place', () => {
  test.each(rows)('%j', (marked, expected, absent = []) => {
    const { labels, text, offset, offered } = at(marked);
    if (expected.length === 0) expect(labels).toEqual([]);
    expect(labels).toEqual(expect.arrayContaining(expected));
    for (const label of absent) expect(labels).not.toContain(label);
    expect(new Set(labels).size).toBe(labels.length);
    // What is replaced is on the cursor's line, around the cursor.
    for (const { span } of [...offered.items, ...offered.wants]) {
      expect(span.start).toBeLessThanOrEqual(offset);
      expect(span.end).toBeGreaterThanOrEqual(offset);
      expect(text.slice(span.start, span.end)).not.toMatch(/[\r\n]/);
    }
  });

  test('at least sixty places are known', () => {
    expect(rows.filter(([, expected]) => expected.length > 0).length).toBeGreaterThanOrEqual(60);
  });
});

describe('what is replaced', () => {
  const chosen = (marked: string, label: string): string => {
    const { text, offered } = at(marked);
    const item = offered.items.find((one) => one.label === label);
    if (!item) throw new Error(`no ${label}`);
    return text.slice(0, item.span.start) + (item.insert ?? item.label) + text.slice(item.span.end);
  };

  test.each([
    ['FROM a\nEX|POSE 80', 'EXPOSE', 'FROM a\nEXPOSE 80'],
    ['FROM a\nRUN --mo|=type=ssh x', '--mount', 'FROM a\nRUN --mount=type=ssh x'],
    ['FROM a\nRUN --mount=type=ca|che,id=x y', 'cache', 'FROM a\nRUN --mount=type=cache,id=x y'],
    ['FROM a\nENV DIR=1\nWORKDIR ${D|IR}/x', 'DIR', 'FROM a\nENV DIR=1\nWORKDIR ${DIR}/x'],
    ['FROM a\nENV DIR=1\nWORKDIR ${D|', 'DIR', 'FROM a\nENV DIR=1\nWORKDIR ${DIR}'],
    [`${two}COPY --from=x|y /a /b`, 'build', `${two}COPY --from=build /a /b`],
    ['FROM a\nCOPY --link --f| x y', '--from', 'FROM a\nCOPY --link --from= x y'],
    ['FROM a\nEXPOSE 8|0/tcp', '8080', 'FROM a\nEXPOSE 8080/tcp'],
    ['# check=skip=Und|x,all', 'UndefinedVar', '# check=skip=UndefinedVar,all'],
    ['FROM a\nUSER r|x:g', 'root', 'FROM a\nUSER root:g'],
  ])('%j with %s', (marked, label, after) => expect(chosen(marked, label)).toBe(after));
});

test('a file of 500 lines is answered within 5 ms', () => {
  const block = `FROM alpine:3 AS s0\nARG A=1\nENV B=$A C=d\nWORKDIR /app\nRUN --mount=type=cache,target=/x \\\n    echo $A && \\\n    echo b\nCOPY --from=s0 a /b/\nLABEL a=b\nUSER root\n`;
  const text = Array.from({ length: 50 }, (_, at) => block.replaceAll('s0', `s${String(at)}`)).join('');
  for (const tail of ['COPY --from=', 'RUN echo $', 'US', 'USER ', 'COPY a /']) {
    const whole = text + tail;
    const times = Array.from({ length: 15 }, () => {
      // One model is read for each version of a document, for all features; what is lazy in it is still to be read.
      const model = parseModel(whole);
      const began = performance.now();
      complete(model, whole.length);
      return performance.now() - began;
    }).sort((a, b) => a - b);
    expect(times[7], tail).toBeLessThan(5);
  }
});
